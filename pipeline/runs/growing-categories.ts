import type { Connection } from '../engine/engine.ts';
import { LOOKED_AT } from '../features/feature-parameters.ts';
import { forgetGrowth, growth, keepGrowth } from './growth.ts';

const STATE = 'categories';

/** What all purchases of a category came to, to the last digit, the most first: of what is known and what is new. */
const sums = (isNew: string): string => `
  with known as (
    select unnest(from_json($known, '[{"category": "VARCHAR", "amount": "DECIMAL(38,4)"}]'), recursive := true)
  ),
  news as (
    select category, sum(amount) as amount from silver.transactions
    where amount >= 0 and category is not null and ${isNew} group by category
  )
  select category, cast(sum(amount) as varchar) as amount
  from (from known union all by name from news)
  group by category order by sum(amount) desc, category limit ${LOOKED_AT + 1}`;

/**
 * The categories of purchases, those with the most money first, and what to do once features were made by them. Their sums
 * are written down for the next run, which then looks at what is new only; too many are no categories, and looked for anew.
 */
export async function growingCategories(
  connection: Connection,
): Promise<{ readonly categories: readonly string[]; readonly keep: () => Promise<void> }> {
  const grown = await growth(connection, STATE, '');
  const isNews = grown.kind === 'news';
  const found = await connection.rows<{ category: string; amount: string }>(
    sums(isNews ? `batch_id > ${grown.batch}` : 'true'),
    { known: isNews ? grown.from : '[]' },
  );
  const keep = (): Promise<void> =>
    found.length > LOOKED_AT
      ? forgetGrowth(connection, STATE)
      : keepGrowth(connection, STATE, { fixed: '', from: JSON.stringify(found) });
  return { categories: found.slice(0, LOOKED_AT).map(({ category }) => category), keep };
}
