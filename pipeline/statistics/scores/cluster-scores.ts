import { squaredDistance } from '../clustering/assign.ts';
import { checkScorable, clusterMeans, squaredDistancesToMeans } from './cluster-means.ts';
import type { Matrix } from '../matrix.ts';

/**
 * The sum over all rows of the squared Euclidean distance to the centroid that its label names.
 * RangeError if there is not one label per row, or one names no centroid.
 */
export function inertia(matrix: Matrix, centroids: Matrix, labels: Int32Array): number {
  if (labels.length !== matrix.rows || centroids.columns !== matrix.columns) {
    throw new RangeError(
      `${matrix.rows} rows of ${matrix.columns} columns do not fit ${labels.length} labels and centroids of ${centroids.columns} columns.`,
    );
  }
  let sum = 0;
  for (const [row, label] of labels.entries()) {
    if (label < 0 || label >= centroids.rows) {
      throw new RangeError(`Label ${label} names none of ${centroids.rows} centroids.`);
    }
    sum += squaredDistance(matrix, row, { matrix: centroids, row: label });
  }
  return sum;
}

/**
 * The variance ratio of Calinski and Harabasz (1974): dispersion between clusters over k - 1, divided
 * by dispersion within them over n - k; higher is better. Infinity where no cluster has any dispersion.
 * Clusters are the labels present and their centres the means of their rows. RangeError unless there
 * are 2 .. n - 1 of them.
 */
export function calinskiHarabasz(matrix: Matrix, labels: Int32Array): number {
  const clusters = clusterMeans(matrix, labels);
  const { sizes, means } = clusters;
  checkScorable(means.rows, matrix.rows);
  let within = 0;
  for (const square of squaredDistancesToMeans(matrix, clusters)) within += square;
  let between = 0;
  for (let column = 0; column < means.columns; column += 1) {
    let sum = 0;
    for (const [cluster, size] of sizes.entries()) {
      sum += size * (means.values[cluster * means.columns + column] ?? 0);
    }
    const overall = sum / matrix.rows;
    for (const [cluster, size] of sizes.entries()) {
      const difference = (means.values[cluster * means.columns + column] ?? 0) - overall;
      between += size * difference * difference;
    }
  }
  return between / (means.rows - 1) / (within / (matrix.rows - means.rows));
}

/**
 * The index of Davies and Bouldin (1979): the mean over clusters of their worst ratio of spreads (mean
 * distances to the centre) to the distance between the two centres; lower is better, 0 the least.
 * Infinity where two clusters have the same centre. RangeError unless there are 2 .. n - 1 clusters.
 */
export function daviesBouldin(matrix: Matrix, labels: Int32Array): number {
  const clusters = clusterMeans(matrix, labels);
  const { sizes, means } = clusters;
  checkScorable(means.rows, matrix.rows);
  const spreads = new Float64Array(means.rows);
  for (const [row, square] of squaredDistancesToMeans(matrix, clusters).entries()) {
    const cluster = clusters.labels[row] ?? 0;
    spreads[cluster] = (spreads[cluster] ?? 0) + Math.sqrt(square) / (sizes[cluster] ?? 1);
  }
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
