import type { ClusterStability } from '../../../pipeline/contract/segmentation.ts';

type Grade = 'stable' | 'unsure' | 'doubtful';

/** Hennig's bounds of the mean Jaccard index, as `clusterboot` of R's fpc prints them. */
export function stabilityGrade({ jaccard }: ClusterStability): Grade {
  if (jaccard < 0.6) return 'doubtful';
  return jaccard < 0.75 ? 'unsure' : 'stable';
}

/** Cut off, not rounded: 0.598 is under 0.6 to the eye, too. */
export function stabilityText({ jaccard }: ClusterStability): string {
  return (Math.floor(jaccard * 100 + 1e-9) / 100).toFixed(2);
}

export const stabilityDefinition =
  'Stability: customers are drawn anew with replacement and clustered again. Of the customers in a cluster or in the new one most like it, the share that is in both (Jaccard), averaged over the draws. Under 0.6 a cluster is doubtful, from 0.75 it is stable (Hennig 2007).';

/** In how many draws the cluster dissolved; null where none of it was drawn. */
export function dissolvedWords(stability: ClusterStability | null): string {
  if (stability === null) return 'None of it was drawn';
  const { dissolved } = stability;
  if (dissolved === 0) return 'Something like it in every draw';
  return `In ${Math.max(1, Math.round(dissolved * 100))}% of the draws no cluster shares more than half with it`;
}
