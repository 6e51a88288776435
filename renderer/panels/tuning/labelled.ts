import type { ClusterProfile } from '../../../pipeline/contract/segmentation.ts';

/** A cluster of one k with the label that its customers carry. */
export interface LabelledCluster {
  readonly label: number;
  readonly cluster: ClusterProfile;
}

/** The clusters of a k in the order of their labels, from 0. */
export function labelled(clusters: readonly ClusterProfile[]): LabelledCluster[] {
  return clusters.map((cluster, label) => ({ label, cluster }));
}
