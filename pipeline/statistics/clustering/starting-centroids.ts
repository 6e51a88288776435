import { createRandom } from '../random.ts';
import type { Kernel } from './kernel/kernel.ts';
import { startingRows } from './kmeans-plus-plus.ts';

/** Centroids by k-means++; where fewer rows differ in a kernel's eyes, the last ones are copies. */
export function startingCentroids(kernel: Kernel, seed: number): Float64Array {
  const { k, columns } = kernel;
  const rows = startingRows(kernel.distances(), k, createRandom(seed));
  const centroids = new Float64Array(k * columns);
  for (let cluster = 0; cluster < k; cluster += 1) {
    const row = rows[Math.min(cluster, rows.length - 1)] ?? 0;
    kernel.readRow(row, centroids.subarray(cluster * columns, (cluster + 1) * columns));
  }
  return centroids;
}
