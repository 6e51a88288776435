import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { SweepRow } from '../../pipeline/contract/segmentation.ts';
import { prepareClustering } from '../../pipeline/segmentation/cluster.ts';
import { sweep, type SweepOptions } from '../../pipeline/segmentation/sweep.ts';
import { type Matrix, matrixFromRows } from '../../pipeline/statistics/matrix.ts';

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

async function run(
  matrix: Matrix,
  ks: number[],
  options: Partial<SweepOptions> & { restarts?: number } = {},
): Promise<SweepRow[]> {
  const { restarts = 10, ...rest } = options;
  const { clusterings } = await sweep(
    { matrix, prepared: prepareClustering(matrix) },
    {
      ks,
      options: { seed: 1, restarts },
      gap: false,
      stability: false,
      silhouetteRows: null,
      ...rest,
    },
  );
  return clusterings.map(({ row }) => row);
}

describe('a sweep', () => {
  test('gives for each k the scores that scikit-learn gives the best clustering', async () => {
    const progress: string[] = [];
    const rows = await run(matrixFromRows(points), [2, 3, 4, 5, 6, 7], {
      restarts: 60,
      onProgress: (done, total) => progress.push(`${done}/${total}`),
    });
    expect(rows.map(({ k }) => k)).toEqual([2, 3, 4, 5, 6, 7]);
    for (const row of rows) {
      const truth = best[row.k];
      if (!truth) throw new Error('The fixture lacks this k.');
      expect(row.inertia / truth.inertia).toBeCloseTo(1, 6);
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
