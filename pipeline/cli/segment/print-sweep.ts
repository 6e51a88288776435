import type { SweepReport, SweepRow } from '../../contract/segmentation.ts';
import { formatTable, percent } from '../print.ts';
import { stabilityLines } from './print-clusters.ts';
import { score, sweepLimits } from './print-segments.ts';

type SweepColumn = readonly [string, (row: SweepRow) => string];

export function formatSweep(report: SweepReport): string {
  const { sweep, elbow, recommended, reason } = report;
  const gap: SweepColumn = ['gap', (row) => score(row.gap)];
  const stability: SweepColumn = ['stability', (row) => score(row.stability)];
  const columns: readonly SweepColumn[] = [
    ['k', ({ k }) => (k === elbow ? `${k} elbow` : String(k))],
    ['inertia', ({ inertia }) => inertia.toFixed(1)],
    ['silhouette', ({ silhouette }) => score(silhouette)],
    ['Calinski-Harabasz', (row) => score(row.calinski_harabasz)],
    ['Davies-Bouldin', (row) => score(row.davies_bouldin)],
    ...(sweep.some((row) => row.gap !== null) ? [gap] : []),
    ...(sweep.some((row) => row.stability !== null) ? [stability] : []),
    ['smallest', (row) => percent(row.smallest_share)],
  ];
  const rows = sweep.map((row) => columns.map(([, cell]) => cell(row)));
  const header = columns.map(([name]) => name);
  const advice = recommended === null ? reason : `Recommended: k = ${recommended}. ${reason}`;
  return [
    formatTable(header, rows),
    advice,
    ...stabilityLines(report),
    ...sweepLimits(report),
  ].join('\n');
}
