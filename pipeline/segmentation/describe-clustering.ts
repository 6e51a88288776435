import type { FeatureInfo } from '../contract/features.ts';
import type { ClusteringReport, ClusterStability } from '../contract/segmentation.ts';
import type { Matrix } from '../statistics/matrix.ts';
import type { Work } from '../work/on-worker.ts';
import { profileClusters } from './profile.ts';
import { shownAs } from './shown-as.ts';
import type { Swept } from './sweep.ts';

/** How well each cluster comes back, by the label that it is shown under. */
function stabilityBy(one: Swept, places: readonly number[]): Map<number, ClusterStability> {
  return new Map(
    (one.stability?.clusters ?? []).map(({ label, jaccard, dissolved }) => [
      places[label] ?? label,
      { jaccard, dissolved },
    ]),
  );
}

/** What the clusters of a k are like, by the labels that they are shown under. */
export async function describeClustering(
  one: Swept,
  labels: Int32Array,
  {
    features,
    original,
    pool,
    signal,
  }: Work & {
    readonly features: readonly FeatureInfo[];
    readonly original: Matrix;
  },
): Promise<ClusteringReport> {
  const { k } = one.row;
  const places = shownAs(one.fit.labels, labels, k);
  const widths = (one.silhouette?.clusters ?? []).map(({ label, size, width }) => ({
    label: places[label] ?? label,
    size,
    width,
  }));
  const profiles = await profileClusters({ features, original, labels, widths, pool, signal });
  const stabilities = stabilityBy(one, places);
  const clusters = profiles.map((profile, label) =>
    Object.assign(profile, { stability: stabilities.get(label) ?? null }),
  );
  return { k, clusters };
}
