import type { SweptCluster } from '../../../pipeline/contract/segmentation.ts';

/** A cluster of one k with the label that its customers carry. */
export interface LabelledCluster {
  readonly label: number;
  readonly cluster: SweptCluster;
}

/** The clusters of a k in the order of their labels, from 0. */
export function labelled(clusters: readonly SweptCluster[]): LabelledCluster[] {
  return clusters.map((cluster, label) => ({ label, cluster }));
}
