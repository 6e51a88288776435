import { describe, expect, test } from 'vitest';
import { assignNearest } from '../../../pipeline/statistics/clustering/assign.ts';
import { kmeans } from '../../../pipeline/statistics/clustering/kmeans.ts';
import { miniBatchKMeans } from '../../../pipeline/statistics/clustering/mini-batch.ts';
import { matrixFromRows } from '../../../pipeline/statistics/matrix.ts';
import { makePoints, shuffled } from './kernel-points.ts';

const options = { k: 6, seed: 1, restarts: 5, maxIterations: 20, tolerance: 1e-6, batchRows: 500 };
const matrix = makePoints({ kind: 'overlapping', seed: 31, rows: 40_000, columns: 3, centers: 6 });

describe('K-Means by batches', () => {
  test('comes near the inertia of K-Means on all rows, with labels of the nearest centroids', () => {
    const whole = kmeans(matrix, options);
    const found = miniBatchKMeans(matrix, options);
    expect(found.inertia / whole.inertia).toBeLessThan(1.02);
    const truth = assignNearest(matrix, found.centroids);
    expect(found.labels).toEqual(truth.labels);
    const sum = truth.squaredDistances.reduce((sum, square) => sum + square, 0);
    expect(found.inertia / sum).toBeCloseTo(1, 12);
    expect(found.iterations).toBeGreaterThan(10);
  });

  test('learns what the sample it starts from lacks', () => {
    const one = miniBatchKMeans(matrix, { ...options, batchRows: 10, k: 6, restarts: 1 });
    const stopped = miniBatchKMeans(matrix, {
      ...options,
      batchRows: 10,
      restarts: 1,
      tolerance: 1e9,
    });
    expect(stopped.iterations).toBe(0);
    expect(one.inertia).toBeLessThan(stopped.inertia * 0.98);
  });

  test('gives the same bytes for the same seed whatever the order of the rows', () => {
    const there = shuffled(matrix, 32);
    const plain = miniBatchKMeans(matrix, options);
    const moved = miniBatchKMeans(there.matrix, options);
    expect(moved).toEqual({ ...plain, labels: there.from.map((row) => plain.labels[row] ?? -1) });
  });

  test('leaves no cluster empty where a sample lacks rows, and refuses what makes no sense', () => {
    const rare = matrixFromRows(
      Array.from({ length: 9000 }, (_, row) => [row < 3 ? row * 10 : 100]),
    );
    const found = miniBatchKMeans(rare, { ...options, k: 4, batchRows: 100 });
    expect(found.centroids.values.toSorted()).toEqual(Float64Array.of(0, 10, 20, 100));
    expect(() => miniBatchKMeans(rare, { ...options, k: 5 })).toThrow('there are 4');
    expect(() => miniBatchKMeans(rare, { ...options, batchRows: 0 })).toThrow(
      'batchRows is a whole number from 1, not 0.',
    );
  });
});
