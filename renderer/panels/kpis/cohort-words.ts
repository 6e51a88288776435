import { formatAmount, formatCount, plural } from '../../ui/format.ts';
import { monthAfter, type AgeCell } from './cohort-grid.ts';
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

/** A cell in full; the cohort null is all of them together. */
export function cellStory(cell: AgeCell, cohort: string | null, age: number): string {
  if (cohort === null) return `All cohorts so old, month ${age}: ${cellWords(cell)}.`;
  const when =
    age === 0 ? 'its first month' : `month ${age}, ${monthName(monthAfter(cohort, age))}`;
  return `${monthName(cohort)}, ${when}: ${cellWords(cell)}.`;
}
