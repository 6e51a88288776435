import type { KpiReport, KpiRow } from '../../../pipeline/contract/schemas.ts';
import type { Bar } from '../../charts/bars-by-segment.ts';
import type { Series } from '../../charts/lines-by-month.ts';
import { monthRange } from '../../charts/months.ts';
import { segmentName } from '../../charts/scatter-groups.ts';
import type { Kpi } from './kpi-definitions.ts';
import { intervalOf, intervalWords, spreadOf } from './kpi-interval.ts';

/** The row of all segments together. */
export function wholeOf(rows: readonly KpiRow[]): KpiRow | null {
  return rows.find((row) => row.segmentId === null) ?? null;
}

/** One bar a segment, in order of id. */
export function segmentBars(report: KpiReport, { field, format }: Kpi): Bar[] {
  return report.current
    .filter((row) => row.segmentId !== null)
    .map((row) => {
      const interval = intervalOf(report, row.segmentId, field);
      return {
        id: row.segmentId,
        name: segmentName(row.segmentId, row.segmentName),
        value: row[field],
        spread: spreadOf(interval),
        hover: row[field] === null ? null : intervalWords(interval, format),
      };
    })
    .sort((a, b) => (a.id ?? 0) - (b.id ?? 0));
}

/** One line a segment, in order of id, then the whole; a month that a segment lacks is null. */
export function monthlySeries(report: KpiReport, kpi: Kpi): { months: string[]; series: Series[] } {
  const months = monthRange(report.monthly.map((row) => row.month));
  const lines = new Map<number | null, { name: string; byMonth: Map<string, number | null> }>();
  for (const row of report.monthly) {
    const line = lines.get(row.segmentId) ?? {
      name: row.segmentId === null ? 'All' : segmentName(row.segmentId, row.segmentName),
      byMonth: new Map<string, number | null>(),
    };
    line.byMonth.set(row.month.slice(0, 7), row[kpi.field]);
    lines.set(row.segmentId, line);
  }
  const series = [...lines]
    .filter(([id]) => id !== null || kpi.wholeOnAxis)
    .sort(([a], [b]) => (a ?? Infinity) - (b ?? Infinity))
    .map(([id, { name, byMonth }]) => ({
      id,
      name,
      kind: id === null ? ('whole' as const) : ('segment' as const),
      values: months.map((month) => byMonth.get(month) ?? null),
    }));
  return { months, series };
}
