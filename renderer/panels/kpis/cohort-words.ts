import { formatAmount, formatCount, plural } from '../../ui/format.ts';
import { monthAfter, type AgeCell, type CohortRow } from './cohort-grid.ts';
import type { CohortValue } from './kpis-value.ts';

const whole = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 0 });
const exact = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 });
const short = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });
const monthFormat = new Intl.DateTimeFormat('en-GB', {
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});

/** `2026-03` as `Mar 2026`. */
export function monthName(month: string): string {
  return monthFormat.format(new Date(`${month}-01T00:00:00Z`));
}

/** Short enough for a cell: `58%`, `84`, `1.2K`. A share that is not zero is never written as 0%. */
export function cellLabel(value: number, show: CohortValue['show']): string {
  if (show === 'revenue') return short.format(value >= 10 ? Math.round(value) : value);
  return value > 0 && value < 0.005 ? '<1%' : whole.format(value);
}

function cellWords({ customers, active, revenue }: AgeCell): string {
  const share = exact.format(active / customers);
  return `${formatCount(active)} of ${plural(customers, 'customer')} bought (${share}), ${formatAmount(revenue / customers)} a customer`;
}

/** What hovering says of each cell of a cohort. */
export function cohortHover({ cohort, cells }: CohortRow): string[] {
  return cells.map((cell, age) => {
    if (cell === null) return '';
    const when =
      age === 0 ? 'its first month' : `month ${age}, ${monthName(monthAfter(cohort, age))}`;
    return `<b>${monthName(cohort)}</b>, ${when}<br>${cellWords(cell)}`;
  });
}

/** What hovering says of all cohorts together. */
export function wholeHover(cells: readonly AgeCell[]): string[] {
  return cells.map((cell, age) =>
    cell.customers === 0 ? '' : `<b>All cohorts so old</b>, month ${age}<br>${cellWords(cell)}`,
  );
}
