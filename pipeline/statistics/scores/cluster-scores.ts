import { squaredDistance } from '../clustering/assign.ts';
import { largestOf } from '../scaling/centre-column.ts';
import {
  checkScorable,
  type ClusterMeans,
  clusterMeans,
  squaredDistancesToMeans,
} from './cluster-means.ts';
import type { Matrix } from '../matrix.ts';
import { createSums, sumOf } from '../orderless-sum.ts';

/**
 * The sum over all rows of the squared Euclidean distance to the centroid that its label names, the same
 * to the last bit in any order of rows.
 * RangeError if there is not one label per row, or one names no centroid, and where the sum overflows.
 */
export function inertia(matrix: Matrix, centroids: Matrix, labels: Int32Array): number {
  if (labels.length !== matrix.rows || centroids.columns !== matrix.columns) {
    throw new RangeError(
      `${matrix.rows} rows of ${matrix.columns} columns do not fit ${labels.length} labels and centroids of ${centroids.columns} columns.`,
    );
  }
  const squares = new Float64Array(labels.length);
  for (const [row, label] of labels.entries()) {
    if (label < 0 || label >= centroids.rows) {
      throw new RangeError(`Label ${label} names none of ${centroids.rows} centroids.`);
    }
    squares[row] = squaredDistance(matrix, row, { matrix: centroids, row: label });
  }
  const sum = sumOf(squares);
  if (Number.isFinite(sum)) return sum;
  throw new RangeError('The rows are too far from their centroids: the squares overflow.');
}

/** What both scores look at; it costs more than either. */
interface Spread {
  readonly clusters: ClusterMeans;
  /** Of each row to the mean of its cluster. */
  readonly squares: Float64Array;
}

function spreadOf(matrix: Matrix, labels: Int32Array): Spread {
  const clusters = clusterMeans(matrix, labels);
  checkScorable(clusters.means.rows, matrix.rows);
  return { clusters, squares: squaredDistancesToMeans(matrix, clusters) };
}

function varianceRatio({ clusters: { sizes, means }, squares }: Spread): number {
  const rows = squares.length;
  const within = sumOf(squares);
  let between = 0;
  for (let column = 0; column < means.columns; column += 1) {
    let sum = 0;
    for (const [cluster, size] of sizes.entries()) {
      sum += size * (means.values[cluster * means.columns + column] ?? 0);
    }
    const overall = sum / rows;
    for (const [cluster, size] of sizes.entries()) {
      const difference = (means.values[cluster * means.columns + column] ?? 0) - overall;
      between += size * difference * difference;
    }
  }
  if (within === 0 && between === 0) return 1;
  return between / (means.rows - 1) / (within / (rows - means.rows));
}

function meanOfWorstRatios({ clusters: { labels, sizes, means }, squares }: Spread): number {
  const distances = squares.map(Math.sqrt);
  const sums = createSums(means.rows, { terms: squares.length, largest: largestOf(distances) });
  for (const [row, distance] of distances.entries()) sums.add(labels[row] ?? 0, distance);
  const spreads = Float64Array.from(sizes, (size, cluster) => sums.mean(cluster, size));
  let sum = 0;
  for (const [cluster, spread] of spreads.entries()) {
    let worst = 0;
    for (const [other, otherSpread] of spreads.entries()) {
      if (other === cluster) continue;
      const apart = Math.sqrt(squaredDistance(means, cluster, { matrix: means, row: other }));
      worst = Math.max(worst, apart === 0 ? Infinity : (spread + otherSpread) / apart);
    }
    sum += worst;
  }
  return sum / means.rows;
}

/**
 * The variance ratio of Calinski and Harabasz (1974): dispersion between clusters over k - 1, divided
 * by dispersion within them over n - k; higher is better. Infinity where no cluster has any dispersion,
 * but 1 (as scikit-learn has it) where there is none between them either: 0 / 0, all rows are equal.
 * Clusters are the labels present and their centres the means of their rows. RangeError unless there
 * are 2 .. n - 1 of them.
 */
export function calinskiHarabasz(matrix: Matrix, labels: Int32Array): number {
  return varianceRatio(spreadOf(matrix, labels));
}

/**
 * The index of Davies and Bouldin (1979): the mean over clusters of their worst ratio of spreads (mean
 * distances to the centre) to the distance between the two centres; lower is better, 0 the least.
 * Infinity where two clusters have the same centre. RangeError unless there are 2 .. n - 1 clusters.
 */
export function daviesBouldin(matrix: Matrix, labels: Int32Array): number {
  return meanOfWorstRatios(spreadOf(matrix, labels));
}

/** Both, for little more than the price of one. */
export function clusterScores(
  matrix: Matrix,
  labels: Int32Array,
): { calinskiHarabasz: number; daviesBouldin: number } {
  const spread = spreadOf(matrix, labels);
  return { calinskiHarabasz: varianceRatio(spread), daviesBouldin: meanOfWorstRatios(spread) };
}
