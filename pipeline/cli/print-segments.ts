import type { Explanation } from '../segmentation/explain.ts';
import type { SweepReport } from '../segmentation/sweep-workspace.ts';
import { formatTable } from './print.ts';

const score = (value: number | null): string => (value === null ? '-' : value.toFixed(4));

export function formatSweep({ sweep, recommended, reason }: SweepReport): string {
  const rows = sweep.map((row) => [
    String(row.k),
    row.inertia.toFixed(1),
    score(row.silhouette),
    score(row.calinski_harabasz),
    score(row.davies_bouldin),
  ]);
  const header = ['k', 'inertia', 'silhouette', 'Calinski-Harabasz', 'Davies-Bouldin'];
  const advice = recommended === null ? reason : `Recommended: k = ${recommended}. ${reason}`;
  return `${formatTable(header, rows)}\n${advice}`;
}

export function formatExplanation(why: Explanation): string {
  const distances = why.distances.map((one) => [one.segmentName, one.distance.toFixed(3)]);
  const features = why.features.map((one) => [
    one.feature,
    one.value.toFixed(2),
    one.segmentCentre.toFixed(2),
    score(one.inFavour),
  ]);
  const against = `for it, against ${why.nearestOther ?? '-'}`;
  return [
    `${why.customerId} is in ${why.segmentName} (segment ${why.segmentId}, model ${why.modelVersion})`,
    formatTable(['segment', 'distance'], distances),
    formatTable(['feature', 'value', 'segment centre', against], features),
  ].join('\n');
}
