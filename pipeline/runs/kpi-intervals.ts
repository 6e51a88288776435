import type { KpiInterval, KpiIntervals } from '../contract/schemas.ts';
import type { Connection } from '../engine/engine.ts';
import { contributionInterval } from '../statistics/intervals/contribution-interval.ts';
import type { Interval } from '../statistics/intervals/interval.ts';
import { proportionInterval } from '../statistics/intervals/proportion-interval.ts';
import { ratioInterval } from '../statistics/intervals/ratio-interval.ts';

/** Of all intervals: the share that holds the true value. */
export const LEVEL = 0.95;

/** What is read of gold.segment_kpi_sums: there since that table is, also where an earlier Strata made it. */
const columns = [
  'customers',
  'money',
  'money2',
  'orders',
  'orders2',
  'money_orders',
  'before',
  'before2',
  'grown',
  'grown2',
  'grown_before',
  'churned',
  'period_days',
  'churn_days',
] as const;

type Sums = Record<(typeof columns)[number], number> & { readonly segment_id: number | null };

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
  const n = part.customers;
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
        { n: whole.customers, x: whole.money, xx: whole.money2 },
        options,
      ),
    ),
  };
}

/** How sure KPIs are, and the days that they were made with, whatever the settings say by now. */
export interface SureKpis {
  readonly periodDays: number;
  readonly churnDays: number;
  /** Of each segment, customers being the units that vary; the whole first. */
  readonly intervals: readonly KpiIntervals[];
}

/** Read from what was made beside the KPIs; null where there are none. */
export async function kpiIntervals(connection: Connection): Promise<SureKpis | null> {
  const rows = await connection.rows<Sums>(
    `select segment_id, ${columns.join(', ')} from gold.segment_kpi_sums order by segment_id nulls first`,
  );
  const [whole] = rows;
  if (whole === undefined) return null;
  return {
    periodDays: whole.period_days,
    churnDays: whole.churn_days,
    intervals: whole.customers === 0 ? [] : rows.map((row) => intervalsOf(row, whole)),
  };
}
