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

/** Where a category is free text there is no end of them; what comes after these is not looked at. */
const CATEGORIES = 1000;

/** A text that goes on for ever is no name for a column. */
const LONGEST_NAME = 60;

const columnName = (category: string): string =>
  category
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
    .slice(0, LONGEST_NAME);

interface CategoryColumn {
  readonly column: string;
  readonly categories: readonly string[];
}

const SHARE = 'category_share_';

/** The category columns that the latest model was trained on: it must find them again, whatever sells now. */
async function modelColumns(connection: Connection): Promise<ReadonlySet<string>> {
  const features = await connection.strings(
    'select unnest(features) from ops.models where model_version = (select max(model_version) from ops.models)',
  );
  return new Set(
    features.flatMap((name) =>
      name?.startsWith(SHARE) === true ? [name.slice(SHARE.length)] : [],
    ),
  );
}

async function categoryColumns(connection: Connection): Promise<CategoryColumn[]> {
  const categories = await connection.strings(
    `select category from silver.transactions where amount >= 0 and category is not null
     group by category order by sum(amount) desc, category limit ${CATEGORIES}`,
  );
  const columns = new Map<string, string[]>();
  for (const category of categories) {
    const column = columnName(category ?? '');
    if (category === null || column === '') continue;
    // Names that come out alike are one column.
    columns.set(column, [...(columns.get(column) ?? []), category]);
  }
  const kept = await modelColumns(connection);
  return [...columns]
    .map(([column, categories]) => ({ column, categories }))
    .filter(({ column }, i) => i < CATEGORY_COLUMNS || kept.has(column));
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
    ({ column, categories }) =>
      `,\n    sum(case when is_purchase and category in (${categories.map(sqlText).join(', ')}) then amount else 0 end) as spent_${column}`,
  );
  const shares = categories.map(
    ({ column }) =>
      `,\n  coalesce(cast(spent_${column} as double) / nullif(cast(spent as double), 0), 0) as ${SHARE}${column}`,
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
