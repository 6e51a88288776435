import { expect } from 'vitest';
import type { Clustering, ClusterOptions } from '../../pipeline/segmentation/clusterer.ts';
import { mlKmeansClusterer } from '../../pipeline/segmentation/ml-kmeans-clusterer.ts';
import { type Matrix, rowOf } from '../../pipeline/statistics/matrix.ts';

export function fit(data: Matrix, options: Partial<ClusterOptions> = {}): Promise<Clustering> {
  const defaults = { k: 4, seed: 1, restarts: 10, maxIterations: 300, tolerance: 1e-4 };
  return mlKmeansClusterer.fit(data, { ...defaults, ...options });
}

export function sizesOf(labels: Int32Array, k: number): number[] {
  const sizes = Array.from({ length: k }, () => 0);
  for (const label of labels) sizes[label] = (sizes[label] ?? 0) + 1;
  return sizes;
}

/** Every label names a nearest centroid, no cluster is empty, and the inertia is that of these labels. */
export function expectConsistent(data: Matrix, { centroids, labels, inertia }: Clustering): void {
  const centers = Array.from({ length: centroids.rows }, (_, row) => rowOf(centroids, row));
  let sum = 0;
  let wrong = 0;
  for (const [row, label] of labels.entries()) {
    const point = rowOf(data, row);
    const squares = centers.map((center) =>
      center.reduce((total, value, j) => total + (value - (point[j] ?? 0)) ** 2, 0),
    );
    const least = Math.min(...squares);
    wrong += squares.indexOf(least) === label ? 0 : 1;
    sum += least;
  }
  expect(wrong).toBe(0);
  expect(inertia).toBeCloseTo(sum, 6);
  expect(Math.min(...sizesOf(labels, centroids.rows))).toBeGreaterThan(0);
}

/** Each centroid is the mean of the rows that bear its label. */
export function expectFixedPoint(data: Matrix, { centroids, labels }: Clustering): void {
  for (let cluster = 0; cluster < centroids.rows; cluster += 1) {
    for (const [column, value] of rowOf(centroids, cluster).entries()) {
      let sum = 0;
      let size = 0;
      for (const [row, label] of labels.entries()) {
        if (label !== cluster) continue;
        sum += data.values[row * data.columns + column] ?? Number.NaN;
        size += 1;
      }
      expect(value).toBeCloseTo(sum / size, 10);
    }
  }
}
