import type { KpiReport } from '../../../pipeline/contract/schemas.ts';
import type { KpiChangeValue } from './kpis-value.ts';

/** So far back the change is looked at where nobody chose a day. */
const usualDays = 90;

/** What may be chosen. */
export interface DayBounds {
  readonly first: string;
  readonly last: string;
}

export type ChangeDays =
  | { readonly kind: 'days'; readonly from: string; readonly to: string }
  | { readonly kind: 'refused'; readonly from: string; readonly to: string; readonly why: string };

const dayForm = /^\d{4}-\d{2}-\d{2}$/;
const dayLength = 86_400_000;

function dayNumber(day: string): number {
  return Math.round(Date.parse(`${day}T00:00:00Z`) / dayLength);
}

function dayOf(number: number): string {
  return new Date(number * dayLength).toISOString().slice(0, 10);
}

export function isWithin(day: string, { first, last }: DayBounds): boolean {
  return dayForm.test(day) && !Number.isNaN(dayNumber(day)) && day >= first && day <= last;
}

/** From the first month with purchases to as_of; null before the first run. */
export function dayBounds(report: KpiReport): DayBounds | null {
  if (report.asOf === null) return null;
  const last = report.asOf.slice(0, 10);
  const months = report.monthly.map(({ month }) => month.slice(0, 7)).sort();
  return { first: `${months[0] ?? last.slice(0, 7)}-01`, last };
}

/** The usual day before another: half of what there is where that is less. */
function usualStart(to: string, { first }: DayBounds): string {
  const end = dayNumber(to);
  const room = end - dayNumber(first);
  return dayOf(end - Math.min(usualDays, Math.ceil(room / 2)));
}

/** The two days to compare. */
export function changeDays(value: KpiChangeValue, bounds: DayBounds): ChangeDays {
  const to = value.to ?? bounds.last;
  const from = value.from ?? usualStart(to, bounds);
  return from < to
    ? { kind: 'days', from, to }
    : { kind: 'refused', from, to, why: 'Must be before “To”' };
}
