import type { Matrix } from '../matrix.ts';
import { squaredDistance } from './assign.ts';

/**
 * The root mean square Euclidean distance of each cluster's rows from its centroid, where `labels` has a row of
 * `centroids` for each row of the matrix; 0 for a cluster without rows.
 */
export function clusterRadii(
  matrix: Matrix,
  { labels, centroids }: { readonly labels: Int32Array; readonly centroids: Matrix },
): number[] {
  const squares = new Float64Array(centroids.rows);
  const sizes = new Float64Array(centroids.rows);
  for (const [row, label] of labels.entries()) {
    const square = squaredDistance(matrix, row, { matrix: centroids, row: label });
    squares[label] = (squares[label] ?? 0) + square;
    sizes[label] = (sizes[label] ?? 0) + 1;
  }
  return Array.from(squares, (sum, cluster) => Math.sqrt(sum / Math.max(1, sizes[cluster] ?? 0)));
}
