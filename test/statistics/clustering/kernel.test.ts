import { kmeans as mlKmeans } from 'ml-kmeans';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { assignNearest } from '../../../pipeline/statistics/clustering/assign.ts';
import { KERNEL_SOURCE_SHA256 } from '../../../pipeline/statistics/clustering/kernel/kernel-bytes.ts';
import type { Kernel, Precision } from '../../../pipeline/statistics/clustering/kernel/kernel.ts';
import { createPlainKernel } from '../../../pipeline/statistics/clustering/kernel/plain-kernel.ts';
import { createSimdKernel } from '../../../pipeline/statistics/clustering/kernel/simd-kernel.ts';
import { iterate } from '../../../pipeline/statistics/clustering/lloyd.ts';
import { meanSquare } from '../../../pipeline/statistics/clustering/mean-square.ts';
import { type Matrix, matrixFromRows, rowOf } from '../../../pipeline/statistics/matrix.ts';
import { makePoints } from './kernel-points.ts';

const overlapping = { kind: 'overlapping', seed: 11, centers: 4 } as const;

function pointsOf(matrix: Matrix) {
  return { matrix, origin: new Float64Array(matrix.columns), scale: 1 };
}

function simd(matrix: Matrix, k: number, precision: Precision): Kernel {
  const kernel = createSimdKernel(pointsOf(matrix), k, precision);
  if (!kernel) throw new Error('This engine has no vector instructions, but Node has.');
  return kernel;
}

/** Three steps of Lloyd's iterations: what a kernel says after each. */
function steps(kernel: Kernel, start: Float64Array) {
  const centroids = start.slice();
  return [1, 2, 3].map(() => {
    const changed = kernel.assign(centroids);
    for (let at = 0; at < centroids.length; at += 1) {
      const count = kernel.counts[Math.floor(at / kernel.columns)] ?? 0;
      if (count > 0) centroids[at] = (kernel.sums[at] ?? 0) / count;
    }
    return { changed, labels: kernel.labels.slice(), counts: kernel.counts.slice() };
  });
}

function worst(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let worst = 0;
  for (let at = 0; at < a.length; at += 1) {
    worst = Math.max(worst, Math.abs((a[at] ?? 0) - (b[at] ?? 0)));
  }
  return worst;
}

describe('the kernel of K-Means', () => {
  test('is compiled from the sources that lie beside it', () => {
    const folder = new URL('../../../pipeline/statistics/clustering/kernel/', import.meta.url);
    const sources = readdirSync(folder).filter((name) => name.endsWith('.assembly.ts'));
    expect(sources).toHaveLength(3);
    const hash = createHash('sha256');
    for (const name of sources.toSorted()) {
      hash.update(readFileSync(new URL(name, folder), 'utf8').replaceAll('\r\n', '\n'));
    }
    const digest = hash.digest('hex');
    expect(KERNEL_SOURCE_SHA256, 'run node scripts/kernel/build.mjs').toBe(digest);
  });

  test.each([
    [1, 1, 1],
    [7, 2, 3],
    [16, 3, 2],
    [17, 1, 5],
    [250, 5, 6],
    [251, 8, 9],
    [1003, 3, 40],
  ])(
    'says the same in WebAssembly as in TypeScript of %i rows of %i columns and k = %i',
    (rows, columns, k) => {
      const matrix = makePoints({ ...overlapping, rows, columns });
      const start = matrix.values.slice(0, k * columns);
      const centers = { values: start, rows: k, columns };
      const plain = createPlainKernel(pointsOf(matrix), k);
      const double = simd(matrix, k, 'float64');
      const single = simd(matrix, k, 'float32');
      const truth = steps(plain, start);
      expect(truth[0]?.labels).toEqual(assignNearest(matrix, centers).labels);
      expect(steps(double, start)).toEqual(truth);
      expect(worst(double.sums, plain.sums)).toBeLessThan(1e-9);
      expect(steps(single, start)).toEqual(truth);
      expect(worst(single.sums, plain.sums)).toBeLessThan(1e-3);
    },
  );

  test.each(['float32', 'float64'] as const)('finds distances for k-means++ in %s', (precision) => {
    const matrix = makePoints({ ...overlapping, rows: 333, columns: 5 });
    const plain = createPlainKernel(pointsOf(matrix), 3).distances();
    const vector = simd(matrix, 3, precision).distances();
    for (const [row, from, to] of [
      [5, 0, 1],
      [332, 1, 0],
      [17, 0, 2],
    ] as const) {
      const sum = plain.lower(row, from, to);
      expect(vector.lower(row, from, to) / sum).toBeCloseTo(1, 5);
      expect(worst(vector.slots[to] ?? [], plain.slots[to] ?? [])).toBeLessThan(1e-4);
      expect(vector.slots[to]?.[row]).toBe(0);
    }
  });

  test('takes a row of weight 3 for three rows', () => {
    const matrix = makePoints({ ...overlapping, rows: 101, columns: 3 });
    const weights = Float64Array.from({ length: 101 }, (_, row) => 1 + (row % 3));
    const copies = [...weights].flatMap((weight, row) => Array.from({ length: weight }, () => row));
    const repeated = matrixFromRows(copies.map((row) => rowOf(matrix, row)));
    const points = { ...pointsOf(matrix), weights };
    const start = matrix.values.slice(0, 5 * 3);
    const truth = createPlainKernel(pointsOf(repeated), 5);
    const [, , last] = steps(truth, start);
    const distances = truth.distances().lower(copies.indexOf(7), 0, 1);
    for (const kernel of [
      createPlainKernel(points, 5),
      createSimdKernel(points, 5, 'float64'),
      createSimdKernel(points, 5, 'float32'),
    ]) {
      if (!kernel) throw new Error('This engine has no vector instructions, but Node has.');
      const found = steps(kernel, start).at(-1);
      expect(found?.counts).toEqual(last?.counts);
      expect(copies.map((row) => found?.labels[row])).toEqual([...(last?.labels ?? [])]);
      expect(worst(kernel.sums, truth.sums)).toBeLessThan(1e-3);
      expect(kernel.distances().lower(7, 0, 1) / distances).toBeCloseTo(1, 5);
      const squares = meanSquare(points, kernel.labels, start);
      expect(squares).toBeCloseTo(meanSquare(pointsOf(repeated), truth.labels, start), 12);
    }
  });

  test('goes from a start to where ml-kmeans goes', () => {
    const matrix = makePoints({ ...overlapping, rows: 600, columns: 3 });
    const rows = Array.from({ length: 600 }, (_, row) => rowOf(matrix, row));
    for (const k of [2, 5, 9]) {
      const initialization = rows.slice(0, k);
      const settings = { initialization, maxIterations: 500, tolerance: 0 };
      const truth = matrixFromRows(mlKmeans(rows, k, settings).centroids).values;
      for (const kernel of [createPlainKernel(pointsOf(matrix), k), simd(matrix, k, 'float64')]) {
        const centroids = matrix.values.slice(0, k * 3);
        iterate(kernel, centroids, { maxIterations: 500, tolerance: 0 });
        expect(worst(centroids, truth)).toBeLessThan(1e-12);
      }
    }
  });

  test('moves a centroid without rows onto the farthest row', () => {
    const matrix = matrixFromRows([[0], [1], [2], [10], [11], [50]]);
    for (const kernel of [createPlainKernel(pointsOf(matrix), 3), simd(matrix, 3, 'float64')]) {
      const centroids = Float64Array.of(1, 1000, 9);
      expect(iterate(kernel, centroids, { maxIterations: 50, tolerance: 0 })).toBeLessThan(50);
      expect([...centroids]).toEqual([1, 50, 10.5]);
    }
  });
});
