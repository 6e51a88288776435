import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { matrixFromRows, rowOf } from '../../pipeline/statistics/matrix.ts';
import { expectConsistent, expectFixedPoint, fit, sizesOf } from './clusterings.ts';

interface Best {
  inertia: number;
  centroids: number[][];
}
const fixture = new URL('../fixtures/clustering/kmeans.json', import.meta.url);
const { points, best } = JSON.parse(readFileSync(fixture, 'utf8')) as {
  points: number[][];
  best: Record<string, Best>;
};
const matrix = matrixFromRows(points);

function byFirstCoordinate(rows: number[][]): number[][] {
  return rows.toSorted((a, b) => (a[0] ?? 0) - (b[0] ?? 0));
}

describe('K-Means by ml-kmeans', () => {
  test.each([2, 3, 4, 5, 6, 7])(
    'with k = %i finds the best of 200 starts of scikit-learn',
    async (k) => {
      const found = await fit(matrix, { k, restarts: 60, tolerance: 0 });
      const truth = best[k];
      if (!truth) throw new Error('The fixture lacks this k.');
      expect(found.inertia / truth.inertia).toBeCloseTo(1, 9);
      const centers = byFirstCoordinate(
        Array.from({ length: k }, (_, row) => rowOf(found.centroids, row)),
      );
      for (const [row, center] of byFirstCoordinate(truth.centroids).entries()) {
        for (const [j, value] of center.entries()) expect(centers[row]?.[j]).toBeCloseTo(value, 9);
      }
      expectConsistent(matrix, found);
    },
  );

  test('gives a fixed point at tolerance 0: each centroid is the mean of its rows', async () => {
    expectFixedPoint(matrix, await fit(matrix, { k: 5, tolerance: 0 }));
  });

  test('gives the same bytes for the same seed, whatever else the event loop does', async () => {
    const quiet = await fit(matrix, { k: 7, restarts: 3 });
    const blocker = setInterval(() => {
      const until = performance.now() + 15;
      while (performance.now() < until);
    }, 0);
    const [busy, beside, other] = await Promise.all([
      fit(matrix, { k: 7, restarts: 3 }),
      fit(matrix, { k: 7, restarts: 3 }),
      fit(matrix, { k: 7, restarts: 3, seed: 2 }),
    ]);
    clearInterval(blocker);
    expect(busy).toEqual(quiet);
    expect(beside).toEqual(quiet);
    expect(other.centroids.values).not.toEqual(quiet.centroids.values);
  });

  test('with more restarts never gets worse, and in the end better than with one', async () => {
    const inertias: number[] = [];
    for (const restarts of [1, 2, 4, 8, 16]) {
      inertias.push((await fit(matrix, { k: 7, restarts, seed: 5, tolerance: 0 })).inertia);
    }
    expect(inertias).toEqual(inertias.toSorted((a, b) => b - a));
    expect(inertias.at(-1)).toBeLessThan(inertias[0] ?? 0);
  });

  test('finds the same clusters at an offset of 1e8 and in another unit', async () => {
    const exact = points.map((point) => point.map((value) => Math.round(value * 1024) / 1024));
    const plain = await fit(matrixFromRows(exact), { k: 6 });
    const shifted = matrixFromRows(exact.map((point) => point.map((value) => value + 1e8)));
    const there = await fit(shifted, { k: 6 });
    expect(there.labels).toEqual(plain.labels);
    expect(there.inertia / plain.inertia).toBeCloseTo(1, 9);
    const tiny = matrixFromRows(exact.map((point) => point.map((value) => value / 4096)));
    const small = await fit(tiny, { k: 6 });
    expect(small.labels).toEqual(plain.labels);
    expect(small.iterations).toBe(plain.iterations);
    expect((small.inertia * 4096 ** 2) / plain.inertia).toBeCloseTo(1, 12);
  });

  test('gives every row a cluster of its own for k = rows, and the mean for k = 1', async () => {
    const few = matrixFromRows([[3], [1], [4], [1.5], [9], [2.6]]);
    const each = await fit(few, { k: 6 });
    expect(each.inertia).toBeLessThan(1e-25);
    expect(sizesOf(each.labels, 6)).toEqual([1, 1, 1, 1, 1, 1]);
    const one = await fit(few, { k: 1 });
    expect(one.centroids.values[0]).toBeCloseTo(21.1 / 6, 12);
    expect([...one.labels]).toEqual([0, 0, 0, 0, 0, 0]);
  });

  test('leaves no cluster empty where most rows are equal', async () => {
    const rows = Array.from({ length: 2000 }, (_, row) => [
      row < 1990 ? 0 : row % 7,
      row < 1990 ? 0 : row % 3,
    ]);
    const distinct = new Set(rows.map(String)).size;
    const data = matrixFromRows(rows);
    for (const seed of [1, 2, 3]) {
      const found = await fit(data, { k: distinct, seed, restarts: 1 });
      expectConsistent(data, found);
      expect(found.inertia).toBeLessThan(1e-20);
    }
    const tooMany = fit(data, { k: distinct + 1 });
    await expect(tooMany).rejects.toMatchObject({
      code: 'TOO_FEW_CUSTOMERS',
      details: { k: distinct + 1, distinct },
    });
  });

  test('refuses one point many times, holes and absurd options with sentences', async () => {
    const same = matrixFromRows(Array.from({ length: 50 }, () => [0.1, 7]));
    expect((await fit(same, { k: 1 })).inertia).toBeLessThan(1e-25);
    await expect(fit(same, { k: 2 })).rejects.toThrow(
      '2 segments need at least 2 different customers, but there are 1.',
    );
    await expect(fit(matrixFromRows([[1], [Number.NaN]]), { k: 1 })).rejects.toThrow(
      'Row 1, column 0 is NaN',
    );
    await expect(fit(matrixFromRows([[1], [-Infinity]]), { k: 1 })).rejects.toThrow('is -Infinity');
    await expect(fit(matrixFromRows([[1e200], [-1e200]]), { k: 2 })).rejects.toThrow(
      'too far apart',
    );
    await expect(fit(matrix, { k: 2.5 })).rejects.toThrow('k is a whole number from 1, not 2.5.');
    await expect(fit(matrix, { restarts: 0 })).rejects.toThrow('restarts is a whole number');
    await expect(fit(matrix, { tolerance: Number.NaN })).rejects.toThrow('tolerance is 0 or more');
  });
});
