import type { Connection } from '../engine/engine.ts';
import { sqlText } from '../mapping/expression-sql.ts';

export interface FeatureOptions {
  /** The day that everything is seen from, YYYY-MM-DD; the day after the newest transaction where it is left out. */
  readonly asOf?: string;
  readonly periodDays: number;
  readonly churnDays: number;
}

/** The day after the newest transaction, or null where there is none. */
export async function latestAsOf(connection: Connection): Promise<string | null> {
  const [row] = await connection.rows<{ as_of: string | null }>(
    'select cast(max(occurred_at) as date) + 1 as as_of from silver.transactions',
  );
  return row?.as_of ?? null;
}

/** So many categories, those with the most money, get a column of their own. */
const CATEGORY_COLUMNS = 12;

const columnName = (category: string): string =>
  category
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '');

interface CategoryColumn {
  readonly column: string;
  readonly category: string;
}

async function categoryColumns(connection: Connection): Promise<CategoryColumn[]> {
  const categories = await connection.strings(
    `select category from silver.transactions where amount >= 0 and category is not null
     group by category order by sum(amount) desc, category limit ${CATEGORY_COLUMNS}`,
  );
  const columns = new Map<string, string>();
  for (const category of categories) {
    const column = columnName(category ?? '');
    // Names that come out alike, or empty, keep the first of them.
    if (category !== null && column !== '' && !columns.has(column)) columns.set(column, category);
  }
  return [...columns].map(([column, category]) => ({ column, category }));
}

/** What the models of features and gold are given. */
export async function featureParameters(
  connection: Connection,
  asOf: string,
  options: FeatureOptions,
): Promise<Record<string, string>> {
  const categories = await categoryColumns(connection);
  const day = `timestamp ${sqlText(`${asOf} 00:00:00`)}`;
  const sums = categories.map(
    ({ column, category }) =>
      `,\n    sum(case when is_purchase and category = ${sqlText(category)} then amount else 0 end) as spent_${column}`,
  );
  const shares = categories.map(
    ({ column }) =>
      `,\n  coalesce(cast(spent_${column} as double) / nullif(cast(spent as double), 0), 0) as category_share_${column}`,
  );
  return {
    as_of: day,
    period_start: `(${day} - interval '${options.periodDays}' day)`,
    period_days: String(options.periodDays),
    churn_days: String(options.churnDays),
    category_sums: sums.join(''),
    category_shares: shares.join(''),
  };
}
