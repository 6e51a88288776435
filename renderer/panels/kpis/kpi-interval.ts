import type { KpiInterval, KpiReport } from '../../../pipeline/contract/schemas.ts';
import type { Spread } from '../../charts/bars-by-segment.ts';
import { formatCount, formatNumber, type NumberFormat } from '../../ui/format.ts';
import type { Kpi } from './kpi-definitions.ts';

/** How sure the KPI of a segment is; `segmentId` null is the whole. Null where the report does not have it. */
export function intervalOf(
  report: KpiReport,
  segmentId: number | null,
  field: Kpi['field'],
): KpiInterval | null {
  return report.intervals.find((row) => row.segmentId === segmentId)?.[field] ?? null;
}

/** `between 5.1% and 6.2%`, `too few customers to say (12 of 30)`, `no value`. */
export function intervalWords(interval: KpiInterval | null, format: NumberFormat): string {
  switch (interval?.kind) {
    case 'interval': {
      const { low, high } = interval;
      return `between ${formatNumber(low, format)} and ${formatNumber(high, format)}`;
    }
    case 'too-few': {
      const { customers, needed } = interval;
      return `too few customers to say (${formatCount(customers)} of ${formatCount(needed)})`;
    }
    case 'no-value':
    case undefined:
      return 'no value';
  }
}

/** An interval as a bar shows it. */
export function spreadOf(interval: KpiInterval | null): Spread {
  switch (interval?.kind) {
    case 'interval':
      return { kind: 'interval', low: interval.low, high: interval.high };
    case 'too-few':
      return { kind: 'too-few' };
    case 'no-value':
    case undefined:
      return { kind: 'none' };
  }
}

/** What the whiskers of a chart mean, and its grey bars where it has some. */
export function whiskerWords(report: KpiReport, field: Kpi['field']): string {
  const own = report.intervals.filter((row) => row.segmentId !== null).map((row) => row[field]);
  const has = (kind: KpiInterval['kind']): boolean => own.some((found) => found.kind === kind);
  const level = `${Math.round(report.level * 1000) / 10}%`;
  return [
    ...(has('interval')
      ? [
          `Whiskers: ${level} of such intervals hold the true value; customers are taken as a sample.`,
        ]
      : []),
    ...(has('too-few') ? ['Grey: too few customers to say how sure the value is.'] : []),
  ].join(' ');
}
