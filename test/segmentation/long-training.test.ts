import { describe, expect, test } from 'vitest';
import { AppError } from '../../pipeline/contract/errors.ts';
import { SAMPLE_ROWS } from '../../pipeline/segmentation/ml-kmeans-clusterer.ts';
import { type Matrix, matrixFromRows, rowOf } from '../../pipeline/statistics/matrix.ts';
import { createRandom } from '../../pipeline/statistics/random.ts';
import { expectConsistent, expectFixedPoint, fit } from './clusterings.ts';

function cloud(rows: number, columns: number): Matrix {
  const random = createRandom(61);
  return { values: new Float64Array(rows * columns).map(() => random.normal()), rows, columns };
}

describe('long training', () => {
  test('lets the event loop turn, reports each restart, and stops when it is cancelled', async () => {
    const data = cloud(15_000, 6);
    const progress: [number, number][] = [];
    let turns = 0;
    const ticker = setInterval(() => (turns += 1), 1);
    const options = { k: 8, restarts: 4, maxIterations: 20 };
    await fit(data, { ...options, onProgress: (done, total) => progress.push([done, total]) });
    clearInterval(ticker);
    expect(progress).toEqual([
      [1, 4],
      [2, 4],
      [3, 4],
      [4, 4],
    ]);
    expect(turns).toBeGreaterThan(10);

    const controller = new AbortController();
    let done = 0;
    setTimeout(() => controller.abort(), 30);
    const cancelled = fit(data, {
      ...options,
      restarts: 1000,
      signal: controller.signal,
      onProgress: () => (done += 1),
    });
    await expect(cancelled).rejects.toBeInstanceOf(AppError);
    await expect(cancelled).rejects.toMatchObject({
      code: 'CANCELLED',
      details: { what: 'Training' },
    });
    expect(done).toBeLessThan(100);
    const before = fit(data, { ...options, signal: AbortSignal.abort() });
    await expect(before).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});

describe('more rows than the sample', () => {
  test('are clustered as well as they were made, the same way each time', async () => {
    const random = createRandom(62);
    const centers = [
      [0, 0],
      [4, 0],
      [0, 4],
      [6, 6],
      [-5, 3],
    ];
    const rows = SAMPLE_ROWS * 2;
    const made = Array.from({ length: rows }, () => centers[random.integer(5)] ?? [0, 0]);
    const data = matrixFromRows(
      made.map((center) => center.map((value) => value + random.normal())),
    );
    const found = await fit(data, { k: 5 });
    expectConsistent(data, found);
    expectFixedPoint(data, await fit(data, { k: 5, tolerance: 0, restarts: 3 }));
    const planted = made.reduce((sum, center, row) => {
      const point = rowOf(data, row);
      return sum + center.reduce((square, value, j) => square + (value - (point[j] ?? 0)) ** 2, 0);
    }, 0);
    expect(found.inertia).toBeLessThan(planted);
    const progress: number[] = [];
    const again = await fit(data, {
      k: 5,
      onProgress: (done, total) => progress.push(done / total),
    });
    expect(again).toEqual(found);
    expect(progress).toHaveLength(11);
    expect(progress.at(-1)).toBe(1);
  });

  test('of which a sample misses the only different ones are still split', async () => {
    const data = matrixFromRows(
      Array.from({ length: SAMPLE_ROWS * 4 }, (_, row) => [row < 3 ? (row + 1) * 10 : 0]),
    );
    const found = await fit(data, { k: 4, restarts: 2 });
    expectConsistent(data, found);
    expect(found.inertia).toBeLessThan(1e-15);
    expect(new Set(found.labels.slice(0, 4)).size).toBe(4);
  });
});
