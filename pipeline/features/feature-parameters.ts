import type { Connection } from '../engine/engine.ts';
import { quotedText } from '../engine/sql-quoting.ts';

export interface FeatureOptions {
  /** The day that everything is seen from, YYYY-MM-DD; the day after the newest transaction where it is left out. */
  readonly asOf?: string;
  readonly periodDays: number;
  readonly churnDays: number;
}

/** The day after the newest transaction, or null where there is none. */
export async function latestAsOf(connection: Connection): Promise<string | null> {
  const newest = 'select cast(max(occurred_at) as date) + 1 as as_of from silver.transactions';
  // From the last run's day on there is little to look through; what was newest then may be gone, though.
  const since = 'select cast(max(as_of) as timestamp) from ops.runs';
  for (const where of [` where occurred_at >= (${since}) - interval '1' day`, '']) {
    const [row] = await connection.rows<{ as_of: string | null }>(newest + where);
    if (row?.as_of != null) return row.as_of;
  }
  return null;
}

/** So many categories, those with the most money, get a column of their own. */
const CATEGORY_COLUMNS = 12;

/** Where a text is free there is no end of values; what comes after these is not looked at. */
export const LOOKED_AT = 1000;

/** So many kinds of engagement, the most frequent, get a rate of their own. */
const EVENT_COLUMNS = 8;

/** A text that goes on for ever is no name for a column. */
const LONGEST_NAME = 60;

const columnName = (category: string): string =>
  category
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
    .slice(0, LONGEST_NAME);

/** The values of a free text that make one column: names that come out alike are one. */
interface ValueColumn {
  readonly column: string;
  readonly values: readonly string[];
}

const SHARE = 'category_share_';
const RATE = 'rate_';

/** The columns of a kind that the latest model was trained on: it must find them again, whatever there is now. */
async function modelColumns(connection: Connection, prefix: string): Promise<ReadonlySet<string>> {
  const features = await connection.strings(
    'select unnest(features) from ops.models where model_version = (select max(model_version) from ops.models)',
  );
  return new Set(
    features.flatMap((name) =>
      name?.startsWith(prefix) === true ? [name.slice(prefix.length)] : [],
    ),
  );
}

interface Wanted {
  /** In their order; no more than are looked at. */
  readonly values: readonly (string | null)[];
  readonly most: number;
  readonly prefix: string;
}

/** The first `most` of the values, and those that the latest model knows. */
async function valueColumns(
  connection: Connection,
  { values, most, prefix }: Wanted,
): Promise<ValueColumn[]> {
  const columns = new Map<string, string[]>();
  for (const value of values) {
    const column = columnName(value ?? '');
    if (value === null || column === '') continue;
    columns.set(column, [...(columns.get(column) ?? []), value]);
  }
  const kept = await modelColumns(connection, prefix);
  return [...columns]
    .map(([column, values]) => ({ column, values }))
    .filter(({ column }, i) => i < most || kept.has(column));
}

const categories = `select category from silver.transactions where amount >= 0 and category is not null
  group by category order by sum(amount) desc, category limit ${LOOKED_AT}`;

const events = `select event from silver.engagement
  group by event order by count(*) desc, event limit ${LOOKED_AT}`;

const listed = ({ values }: ValueColumn): string => values.map(quotedText).join(', ');

/** The columns of features.customer_features that stand for categories. */
async function categoryParameters(
  connection: Connection,
  known: readonly string[] | undefined,
): Promise<Record<string, string>> {
  const columns = await valueColumns(connection, {
    values: known ?? (await connection.strings(categories)),
    most: CATEGORY_COLUMNS,
    prefix: SHARE,
  });
  const sums = columns.map(
    (one) =>
      `,\n    sum(case when is_purchase and category in (${listed(one)}) then amount else 0 end) as spent_${one.column}`,
  );
  const totals = columns.map(
    ({ column }) =>
      `,\n  coalesce(k.spent_${column}, 0) + coalesce(p.spent_${column}, 0) as spent_${column}`,
  );
  const shares = columns.map(
    ({ column }) =>
      `,\n  coalesce(cast(spent_${column} as double) / nullif(cast(spent as double), 0), 0) as ${SHARE}${column}`,
  );
  return {
    category_sums: sums.join(''),
    category_totals: totals.join(''),
    category_shares: shares.join(''),
  };
}

/** The columns of features.engagement_habits that stand for kinds of events. */
async function eventParameters(connection: Connection): Promise<Record<string, string>> {
  const columns = await valueColumns(connection, {
    values: await connection.strings(events),
    most: EVENT_COLUMNS,
    prefix: RATE,
  });
  const counts = columns.map(
    (one) => `,\n    count(case when event in (${listed(one)}) then 1 end) as count_${one.column}`,
  );
  const rates = columns.map(
    ({ column }) => `,\n  coalesce(t.count_${column}, 0) / c.months as ${RATE}${column}`,
  );
  return { event_counts: counts.join(''), event_rates: rates.join('') };
}

const dayText = (asOf: string): string => `timestamp ${quotedText(`${asOf} 00:00:00`)}`;

/** The time from which a transaction counts to the period that ends with the day, as an expression. */
export const periodStart = (asOf: string, periodDays: number): string =>
  `(${dayText(asOf)} - interval '${periodDays}' day)`;

/** What the models of gold are given; the grown ones by it make their tables from the whole. */
export function dayParameters(asOf: string, options: FeatureOptions): Record<string, string> {
  return {
    as_of: dayText(asOf),
    period_start: periodStart(asOf, options.periodDays),
    period_days: String(options.periodDays),
    churn_days: String(options.churnDays),
    is_new: 'true',
    crossed: 'false',
    movers: `(select customer_id, segment_id as from_segment_id, segment_id as to_segment_id
      from gold.customer_segments where false)`,
  };
}

/** What the models of features and gold are given; `categories`, the most bought first, are looked for where they are left out. */
export async function featureParameters(
  connection: Connection,
  asOf: string,
  options: FeatureOptions & { readonly categories?: readonly string[] },
): Promise<Record<string, string>> {
  return {
    ...dayParameters(asOf, options),
    ...(await categoryParameters(connection, options.categories)),
    ...(await eventParameters(connection)),
  };
}
