import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { mlKmeansClusterer } from '../../pipeline/segmentation/ml-kmeans-clusterer.ts';
import { recommendK } from '../../pipeline/segmentation/recommend-k.ts';
import { sweep, type SweepOptions, type SweepRow } from '../../pipeline/segmentation/sweep.ts';
import { type Matrix, matrixFromRows } from '../../pipeline/statistics/matrix.ts';
import { createRandom } from '../../pipeline/statistics/random.ts';
import {
  applyScaling,
  fitScaling,
  type Transform,
} from '../../pipeline/statistics/scaling/scaling.ts';

interface Best {
  inertia: number;
  silhouette: number;
  calinskiHarabasz: number;
  daviesBouldin: number;
}
const fixture = new URL('../fixtures/clustering/kmeans.json', import.meta.url);
const { points, best } = JSON.parse(readFileSync(fixture, 'utf8')) as {
  points: number[][];
  best: Record<string, Best>;
};

function run(
  matrix: Matrix,
  ks: number[],
  options: Partial<SweepOptions> = {},
): Promise<SweepRow[]> {
  return sweep(matrix, {
    clusterer: mlKmeansClusterer,
    ks,
    seed: 1,
    restarts: 10,
    maxIterations: 300,
    tolerance: 1e-4,
    ...options,
  });
}

function silhouetteAlone(rows: SweepRow[]): number | undefined {
  return rows.toSorted((a, b) => (b.silhouette ?? -1) - (a.silhouette ?? -1))[0]?.k;
}

describe('a sweep', () => {
  test('gives for each k the scores that scikit-learn gives the best clustering', async () => {
    const progress: string[] = [];
    const rows = await run(matrixFromRows(points), [2, 3, 4, 5, 6, 7], {
      restarts: 60,
      tolerance: 0,
      onProgress: (done, total) => progress.push(`${done}/${total}`),
    });
    expect(rows.map(({ k }) => k)).toEqual([2, 3, 4, 5, 6, 7]);
    for (const row of rows) {
      const truth = best[row.k];
      if (!truth) throw new Error('The fixture lacks this k.');
      expect(row.inertia / truth.inertia).toBeCloseTo(1, 9);
      expect(row.silhouette).toBeCloseTo(truth.silhouette, 9);
      expect((row.calinski_harabasz ?? 0) / truth.calinskiHarabasz).toBeCloseTo(1, 9);
      expect(row.davies_bouldin).toBeCloseTo(truth.daviesBouldin, 9);
      expect(row.silhouette_rows).toBe(points.length);
    }
    expect(progress).toEqual(['1/6', '2/6', '3/6', '4/6', '5/6', '6/6']);
  });

  test('has null where a score is not defined: k = rows, k = 1, clusters of equal rows', async () => {
    const rows = await run(matrixFromRows([[1], [1], [4], [4], [9]]), [1, 3]);
    expect(rows[0]).toMatchObject({
      silhouette: null,
      calinski_harabasz: null,
      silhouette_rows: 0,
    });
    expect(rows[1]).toMatchObject({ silhouette: 0.8, calinski_harabasz: null, davies_bouldin: 0 });
    const [each] = await run(matrixFromRows([[1], [2], [4]]), [3]);
    expect(each).toMatchObject({ silhouette: null, davies_bouldin: null, smallest_share: 1 / 3 });
  });

  test('stops when it is cancelled', async () => {
    const controller = new AbortController();
    const cancelled = run(matrixFromRows(points), [2, 3, 4], {
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(cancelled).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});

function groups(centers: number[][], rows: number): Matrix {
  const random = createRandom(71);
  return matrixFromRows(
    Array.from({ length: rows }, (_, row) =>
      (centers[row % centers.length] ?? []).map((value) => value + random.normal()),
    ),
  );
}

/** Log-normal spend and orders of shoppers, and a handful who spend a thousand times as much. */
function shoppersWithWhales(transform: Transform): Matrix {
  const random = createRandom(72);
  const rows = Array.from({ length: 3000 }, (_, row) => {
    const orders = 1 + Math.floor(Math.exp(1 + 0.8 * random.normal()));
    const price = Math.exp(3 + 0.5 * random.normal()) * (row < 5 ? 1000 : 1);
    return [Math.floor(Math.exp(4 + random.normal())), orders, orders * price];
  });
  const matrix = matrixFromRows(rows);
  return applyScaling(matrix, fitScaling(matrix, { transform, scaling: 'standard' }));
}

describe('the recommended k', () => {
  test.each([3, 4, 5, 6])('is the number of groups in the data: %i', async (count) => {
    const centers = Array.from({ length: count }, (_, group) => [
      8 * Math.cos(group),
      8 * Math.sin(group * 2),
      group * 3,
    ]);
    const rows = await run(groups(centers, 900), [2, 3, 4, 5, 6, 7, 8]);
    expect(recommendK(rows).k).toBe(count);
  });

  test('is 2 where there really are two groups', async () => {
    const { k, reason } = recommendK(
      await run(
        groups(
          [
            [0, 0],
            [12, 0],
          ],
          600,
        ),
        [2, 3, 4, 5],
      ),
    );
    expect(k).toBe(2);
    expect(reason).toMatch(/^The silhouette of k = 2 \(0\.\d\d\) is the best/);
  });

  test('on raw spend is not the k = 2 that sets a handful of huge customers apart', async () => {
    const rows = await run(shoppersWithWhales('none'), [2, 3, 4, 5, 6, 7, 8]);
    expect(silhouetteAlone(rows)).toBe(2);
    const { k, reason } = recommendK(rows);
    expect(k).not.toBe(2);
    expect(reason).toContain(
      k === null ? 'No k is to be recommended' : 'a segment of only 0.17% of the customers',
    );
    const logged = recommendK(await run(shoppersWithWhales('log1p'), [2, 3, 4, 5, 6, 7, 8]));
    expect(logged.k).toBeGreaterThan(2);
  });

  test('among equal silhouettes is that of the highest Calinski-Harabasz score', () => {
    const row = { inertia: 1, davies_bouldin: 1, silhouette_rows: 9, smallest_share: 0.2 };
    const rows = [
      { ...row, k: 3, silhouette: 0.4, calinski_harabasz: 70 },
      { ...row, k: 4, silhouette: 0.395, calinski_harabasz: 90 },
      { ...row, k: 5, silhouette: 0.38, calinski_harabasz: 500 },
    ];
    expect(recommendK(rows)).toEqual({
      k: 4,
      reason:
        'The silhouette of k = 4 (0.40) is within 2% of the best of the segmentations whose segments all hold at least 1% of the customers, and has the highest Calinski-Harabasz score of these.',
    });
  });

  test('is none where every k leaves a handful of customers alone, or two halves overlap', () => {
    const scores = { inertia: 1, davies_bouldin: 1, calinski_harabasz: 9, silhouette_rows: 9 };
    const handful = { ...scores, k: 5, silhouette: 0.9, smallest_share: 0.001 };
    const halves = { ...scores, k: 2, silhouette: 0.6, smallest_share: 0.5 };
    expect(recommendK([])).toEqual(recommendK([handful, halves]));
    expect(recommendK([halves, handful])).toMatchObject({
      k: null,
      reason: expect.stringMatching(/^No k is to be recommended/),
    });
    expect(recommendK([{ ...halves, silhouette: 0.8 }, handful]).k).toBe(2);
  });
});
