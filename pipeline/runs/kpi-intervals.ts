import type { KpiInterval, KpiIntervals } from '../contract/schemas.ts';
import type { Connection } from '../engine/engine.ts';
import { contributionInterval } from '../statistics/intervals/contribution-interval.ts';
import type { Interval } from '../statistics/intervals/interval.ts';
import { proportionInterval } from '../statistics/intervals/proportion-interval.ts';
import { ratioInterval } from '../statistics/intervals/ratio-interval.ts';

/** Of all intervals: the share that holds the true value. */
export const LEVEL = 0.95;

interface Sums extends Record<string, number | null> {
  readonly segment_id: number | null;
  readonly n: number;
  readonly money: number;
  readonly money2: number;
  readonly orders: number;
  readonly orders2: number;
  readonly money_orders: number;
  readonly before: number;
  readonly before2: number;
  readonly grown: number;
  readonly grown2: number;
  readonly grown_before: number;
  readonly churned: number;
}

/** Sums over the customers of each segment and of all, from which every interval follows. */
const sums = `
  with customers as (
    select s.segment_id, cast(f.monetary as double) as money, cast(f.frequency as double) as orders,
      cast(f.monetary_before_period as double) as before,
      cast(f.monetary - f.monetary_before_period as double) as grown, f.recency_days
    from features.customer_features f join gold.customer_segments s on s.customer_id = f.customer_id
  )
  select segment_id, count(*) as n, fsum(money) as money, fsum(money * money) as money2, fsum(orders) as orders,
    fsum(orders * orders) as orders2, fsum(money * orders) as money_orders, fsum(before) as before,
    fsum(before * before) as before2, fsum(grown) as grown, fsum(grown * grown) as grown2,
    fsum(grown * before) as grown_before,
    count(case when recency_days > $churn_days then 1 end) as churned
  from customers group by grouping sets ((segment_id), ()) order by segment_id nulls first`;

/** Sums of doubles differ in their last digits with the order of rows; what is shown does not. */
const rounded = (value: number): number => Number(value.toPrecision(12));

function told(interval: Interval): KpiInterval {
  switch (interval.kind) {
    case 'interval':
      return { kind: 'interval', low: rounded(interval.low), high: rounded(interval.high) };
    case 'too-few':
      return { kind: 'too-few', customers: interval.n, needed: interval.needed };
    case 'no-value':
      return { kind: 'no-value' };
  }
}

function intervalsOf(part: Sums, whole: Sums): KpiIntervals {
  const options = { level: LEVEL };
  const { n } = part;
  return {
    segmentId: part.segment_id,
    clvGrowth: told(
      ratioInterval(
        {
          n,
          x: part.grown,
          y: part.before,
          xx: part.grown2,
          yy: part.before2,
          xy: part.grown_before,
        },
        options,
      ),
    ),
    churnRate: told(proportionInterval(part.churned, n, options)),
    aov: told(
      ratioInterval(
        {
          n,
          x: part.money,
          y: part.orders,
          xx: part.money2,
          yy: part.orders2,
          xy: part.money_orders,
        },
        options,
      ),
    ),
    contribution: told(
      contributionInterval(
        { n, x: part.money, xx: part.money2 },
        { n: whole.n, x: whole.money, xx: whole.money2 },
        options,
      ),
    ),
  };
}

/** How sure the KPIs of each segment are, customers being the units that vary; the whole first. */
export async function kpiIntervals(
  connection: Connection,
  churnDays: number,
): Promise<KpiIntervals[]> {
  const rows = await connection.rows<Sums>(sums, { churn_days: churnDays });
  const [whole] = rows;
  if (whole === undefined || whole.n === 0) return [];
  return rows.map((row) => intervalsOf(row, whole));
}
