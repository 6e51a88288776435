import type { Matrix } from '../statistics/matrix.ts';

export interface ClusterOptions {
  /** How many clusters; none of them is left empty. */
  readonly k: number;
  /** A whole number from 0 to 2^53 - 1: the same seed gives the same clustering, byte for byte. */
  readonly seed: number;
  /** How many starts; the one of the lowest inertia is kept. */
  readonly restarts: number;
  readonly maxIterations: number;
  /** An iteration is the last when the centroids' squared moves sum to less than this share of the mean variance of a column. */
  readonly tolerance: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

export interface Clustering {
  /** k rows, in the units of the matrix given. */
  readonly centroids: Matrix;
  /** For each row its nearest centroid; of equally near ones the lowest. */
  readonly labels: Int32Array;
  /** The sum over all rows of the squared distance to that centroid. */
  readonly inertia: number;
  /** Of the start that was kept, those on a sample included. */
  readonly iterations: number;
}

/**
 * Splits the rows of a matrix into k clusters. Throws TOO_FEW_CUSTOMERS where fewer than k rows differ,
 * CANCELLED when the signal is aborted, RangeError for values that are not finite.
 */
export interface Clusterer {
  fit(matrix: Matrix, options: ClusterOptions): Promise<Clustering>;
}
