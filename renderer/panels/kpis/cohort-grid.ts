import type { CohortCell } from '../../../pipeline/contract/schemas.ts';
import { monthRange } from '../../charts/months.ts';
import type { CohortValue } from './kpis-value.ts';

/** What so many customers did in one month of their age. */
export type AgeCell = Pick<CohortCell, 'customers' | 'active' | 'revenue'>;

export interface CohortRow {
  /** `YYYY-MM` of the first purchase. */
  readonly cohort: string;
  readonly customers: number;
  /** One an age in months; null where the month has not come or nobody is in the cohort. */
  readonly cells: readonly (AgeCell | null)[];
}

export interface CohortGrid {
  readonly rows: readonly CohortRow[];
  /** By age, the cohorts that are so old together. */
  readonly whole: readonly AgeCell[];
  /** `YYYY-MM` of the newest purchase. */
  readonly newest: string;
}

function monthNumber(month: string): number {
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
}

/** The month so many months after another, as `YYYY-MM`. */
export function monthAfter(month: string, months: number): string {
  const number = monthNumber(month) + months;
  const year = String(Math.floor(number / 12)).padStart(4, '0');
  return `${year}-${String((number % 12) + 1).padStart(2, '0')}`;
}

function summed(cells: readonly (AgeCell | null)[]): AgeCell {
  const sum = { customers: 0, active: 0, revenue: 0 };
  for (const cell of cells) {
    sum.customers += cell?.customers ?? 0;
    sum.active += cell?.active ?? 0;
    sum.revenue += cell?.revenue ?? 0;
  }
  return sum;
}

/** Every cohort from the first to the newest month. A month that has passed without a purchase is a cell of zero; one that has not come is none. */
export function cohortGrid(found: readonly CohortCell[]): CohortGrid | null {
  const cohorts = monthRange(found.map(({ cohort }) => cohort));
  const [first] = cohorts;
  if (first === undefined) return null;
  const known = new Map(found.map((cell) => [`${cell.cohort} ${cell.age}`, cell]));
  const sizes = new Map(found.map(({ cohort, customers }) => [cohort, customers]));
  const last = Math.max(...found.map(({ cohort, age }) => monthNumber(cohort) + age));
  const ages = Array.from({ length: last - monthNumber(first) + 1 }, (_, age) => age);
  const rows = cohorts.map((cohort) => {
    const customers = sizes.get(cohort) ?? 0;
    const cells = ages.map((age) =>
      customers === 0 || monthNumber(cohort) + age > last
        ? null
        : (known.get(`${cohort} ${age}`) ?? { customers, active: 0, revenue: 0 }),
    );
    return { cohort, customers, cells };
  });
  return {
    rows,
    whole: ages.map((age) => summed(rows.map(({ cells }) => cells[age] ?? null))),
    newest: monthAfter(first, ages.length - 1),
  };
}

/** The latest cohorts, and the ages that any of them has reached. */
export function latestCohorts({ rows, whole, newest }: CohortGrid, count: number): CohortGrid {
  const latest = rows.slice(-count);
  const ages = latest.length;
  return {
    rows: latest.map(({ cohort, customers, cells }) => ({
      cohort,
      customers,
      cells: cells.slice(0, ages),
    })),
    whole: whole.slice(0, ages),
    newest,
  };
}

/** The share of the customers who bought, or what they spent each, buyers or not. */
export function cohortValue(cell: AgeCell | null, show: CohortValue['show']): number | null {
  if (cell === null || cell.customers === 0) return null;
  return (show === 'retention' ? cell.active : cell.revenue) / cell.customers;
}

/** The value of the strongest colour: retention in month 0 is 100% by definition and would pale all others. */
export function fullValue(grid: CohortGrid, show: CohortValue['show']): number {
  const from = show === 'retention' && grid.whole.length > 1 ? 1 : 0;
  let full = 0;
  for (const { cells } of grid.rows) {
    for (const cell of cells.slice(from)) full = Math.max(full, cohortValue(cell, show) ?? 0);
  }
  return full === 0 ? 1 : full;
}
