import type { CohortCell, KpiInterval, KpiReport, KpiSplit } from '../contract/schemas.ts';
import { count, formatTable, money, percent, points } from './print.ts';

type Format = (value: number | null) => string;

/** A value and how sure it is, such as "41.3% (39.2% to 43.5%)". */
function sure(value: number | null, interval: KpiInterval | undefined, format: Format): string {
  const told = format(value);
  if (value === null || interval === undefined) return told;
  switch (interval.kind) {
    case 'interval':
      return `${told} (${format(interval.low)} to ${format(interval.high)})`;
    case 'too-few':
      return `${told} (too few to say)`;
    case 'no-value':
      return told;
  }
}

export function formatKpis({ current, intervals, asOf, periodDays, churnDays }: KpiReport): string {
  const rows = current.map((row, i) => {
    const known = intervals[i];
    return [
      row.segmentName ?? 'All customers',
      count(row.customers),
      count(row.orders),
      money(row.revenue),
      sure(row.clvGrowth, known?.clvGrowth, percent),
      sure(row.churnRate, known?.churnRate, percent),
      sure(row.aov, known?.aov, money),
      sure(row.contribution, known?.contribution, percent),
    ];
  });
  const header = [
    'segment',
    'customers',
    'orders',
    'revenue',
    'CLV growth',
    'churn rate',
    'AOV',
    'contribution',
  ];
  return [
    formatTable(header, rows),
    `as of ${asOf ?? '-'}; CLV growth over ${periodDays} days, churned after more than ${churnDays} days${intervals.length > 0 ? '; in brackets 95% intervals' : ''}`,
  ].join('\n');
}

export function formatSplit(split: KpiSplit): string {
  const format: Format = split.kpi === 'aov' ? money : percent;
  const change: Format = split.kpi === 'aov' ? money : points;
  const rows = split.segments.map(({ segmentName, mix, rate, migration }) => [
    segmentName,
    ...[mix, rate, migration, mix + rate + migration].map(change),
  ]);
  const whole = [split.mix, split.rate, split.migration, split.change].map(change);
  return [
    `${split.kpi}: ${format(split.before)} on ${split.from}, ${format(split.after)} on ${split.to}`,
    formatTable(
      ['segment', 'mix', 'rate', 'migration', 'together'],
      [...rows, ['All customers', ...whole]],
    ),
    `migration holds arrivals ${change(split.arrivals)} and departures ${change(split.departures)}`,
  ].join('\n');
}

/** What a terminal has room for. */
const MONTHS_SHOWN = 12;

/** The share of each cohort that bought again, month after month. */
export function formatCohorts(cells: readonly CohortCell[]): string {
  const cohorts = [...new Set(cells.map(({ cohort }) => cohort))];
  const last = Math.max(...cells.map(({ age }) => age));
  const shown = Math.min(last, MONTHS_SHOWN);
  const ages = Array.from({ length: shown + 1 }, (_, age) => age);
  const rows = cohorts.map((cohort) => {
    const own = cells.filter((cell) => cell.cohort === cohort);
    const reached = Math.max(...own.map(({ age }) => age));
    const shares = ages.map((age) => {
      const cell = own.find((one) => one.age === age);
      if (cell !== undefined) return percent(cell.active / cell.customers);
      return age < reached ? percent(0) : '-';
    });
    return [cohort, count(own[0]?.customers ?? 0)].concat(shares);
  });
  const table = formatTable(['cohort', 'customers', ...ages.map(String)], rows);
  if (last === shown) return table;
  const left = last === shown + 1 ? `Month ${last} is` : `Months ${shown + 1} to ${last} are`;
  return `${table}\n${left} left out here; --json has every month.`;
}
