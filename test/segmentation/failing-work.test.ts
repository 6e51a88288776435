import { describe, expect, test } from 'vitest';
import { cluster, prepareClustering } from '../../pipeline/segmentation/cluster.ts';
import { gapRows } from '../../pipeline/segmentation/gap-rows.ts';
import { meanSilhouette } from '../../pipeline/segmentation/mean-silhouette.ts';
import { stabilityBase, stabilityOfClustering } from '../../pipeline/segmentation/stability.ts';
import { sweep } from '../../pipeline/segmentation/sweep.ts';
import { createRandom } from '../../pipeline/statistics/random.ts';
import { createInlinePool } from '../../pipeline/work/inline-pool.ts';
import {
  type StatisticsPool,
  type StatisticsTasks,
  statisticsTasks,
} from '../../pipeline/work/statistics-tasks.ts';

const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

/** A pool in which the first task of one kind fails, and what it began. */
function failing(name: keyof StatisticsTasks): { pool: StatisticsPool; began: string[] } {
  const began: string[] = [];
  const tasks = Object.fromEntries(
    Object.entries(statisticsTasks).map(([task, run]) => [
      task,
      (...args: never[]): unknown => {
        const first = !began.includes(task);
        began.push(task);
        if (first && task === name) throw new Error('The worker broke.');
        return (run as (...given: never[]) => unknown)(...args);
      },
    ]),
  ) as unknown as StatisticsTasks;
  return { pool: { ...createInlinePool(tasks, turn), size: 3 }, began };
}

const random = createRandom(5);
const values = new Float64Array(18_000).map(() => random.normal());
// So many that their silhouette has three parts.
const matrix = { values, rows: 6000, columns: 3 };
const prepared = prepareClustering(matrix);
const labels = new Int32Array(matrix.rows).map((_, row) => row % 3);
const settings = { k: 3, seed: 1, restarts: 3 };

describe('work that fails', () => {
  test.each([
    ['a clustering', 'kmeansStarts', (pool) => cluster(prepared, settings, { what: 'It', pool })],
    [
      'stability',
      'resampleAgreement',
      (pool) => stabilityOfClustering(stabilityBase(matrix, 1), labels, { k: 3, seed: 1, pool }),
    ],
    ['the gap', 'referenceInertias', (pool) => gapRows(matrix, { ks: [1, 2, 3], seed: 1, pool })],
    [
      'a silhouette',
      'silhouetteSums',
      (pool) => meanSilhouette(matrix, labels, { rows: null, seed: 1, pool }),
    ],
  ] satisfies [string, keyof StatisticsTasks, (pool: StatisticsPool) => Promise<unknown>][])(
    'leaves no task of %s to be begun',
    async (_, name, work) => {
      const { pool, began } = failing(name);
      await expect(work(pool)).rejects.toThrow('The worker broke.');
      for (let turns = 0; turns < 100; turns += 1) await turn();
      expect(began.filter((task) => task === name)).toEqual([name]);
    },
  );

  test('ends a sweep: no other k is begun, and no progress told', async () => {
    const { pool, began } = failing('clusterScores');
    const told: number[] = [];
    const swept = sweep(
      { matrix, prepared },
      {
        ks: [2, 3, 4, 5, 6, 7, 8, 9],
        options: { seed: 1, restarts: 1 },
        gap: true,
        stability: false,
        silhouetteRows: null,
        pool,
        onProgress: (done) => told.push(done),
      },
    );
    await expect(swept).rejects.toThrow('The worker broke.');
    for (let turns = 0; turns < 500; turns += 1) await turn();
    expect(began.filter((task) => task === 'clusterScores')).toEqual(['clusterScores']);
    // One for each of three lanes.
    expect(began.filter((task) => task === 'kmeansStarts')).toHaveLength(3);
    expect(told).toEqual([]);
  });
});
