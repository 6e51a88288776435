import type { KMeansFit } from '../statistics/clustering/finish-fit.ts';
import { type Matrix, rowOf } from '../statistics/matrix.ts';
import { onWorker, type Work } from '../work/on-worker.ts';
import type { ModelArtifact } from './model-artifact.ts';
import { type NewSpace, previousSegments } from './previous-segments.ts';
import { matchIdentities, type NewCluster } from './segment-identity.ts';

/** The clusters of a fit as segments are matched to them. */
export async function clustersOfFit(
  matrix: Matrix,
  { labels, centroids }: KMeansFit,
  work: Work,
): Promise<NewCluster[]> {
  const found = await onWorker(work, 'The matching', 'clusterRadii', matrix, { labels, centroids });
  return found.map((radius, cluster) => ({ centroid: rowOf(centroids, cluster), radius }));
}

/** What gives clusters of a space their ids: those of the segments they go on from, and new ones for what is new. */
export async function identifying(
  previous: ModelArtifact,
  space: NewSpace,
  known: ReadonlyMap<number, string>,
): Promise<(next: readonly NewCluster[]) => number[]> {
  const segments = await previousSegments(previous, space);
  const highestId = Math.max(0, ...known.keys());
  return (next) => matchIdentities({ previous: segments, next, highestId });
}
