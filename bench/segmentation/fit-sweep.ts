import { prepareClustering } from '../../pipeline/segmentation/cluster.ts';
import { sweep } from '../../pipeline/segmentation/sweep.ts';
import type { Matrix } from '../../pipeline/statistics/matrix.ts';
import { onWorker, poolSize, type Work } from '../../pipeline/work/on-worker.ts';
import { shareMatrix } from '../../pipeline/work/share-values.ts';

export interface Fits {
  /** Of the fits alone. */
  readonly seconds: number;
  /** By rising k. */
  readonly inertias: number[];
}

export interface SweepTask {
  readonly ks: readonly number[];
  readonly restarts: number;
  readonly seed: number;
}

/** Starts every worker, as importing a library does: what follows is the work itself. */
export async function warmUp(work: Work): Promise<void> {
  const matrix = { values: Float64Array.of(0, 1, 5, 6), rows: 4, columns: 1 };
  const labels = Int32Array.of(0, 0, 1, 1);
  await Promise.all(
    Array.from({ length: poolSize(work) }, () =>
      onWorker(work, 'The benchmark', 'clusterScores', matrix, labels),
    ),
  );
}

/** The product's sweep, its scores reduced to what it does not let be left out; in Node and in a browser. */
export async function fitSweep(given: Matrix, task: SweepTask, work: Work): Promise<Fits> {
  const start = performance.now();
  const matrix = shareMatrix(given);
  const prepared = prepareClustering(matrix);
  const { ks, restarts, seed } = task;
  const { clusterings } = await sweep(
    { matrix, prepared },
    {
      ...work,
      ks,
      options: { restarts, seed },
      gap: false,
      stability: false,
      silhouetteRows: 1,
    },
  );
  return {
    seconds: (performance.now() - start) / 1000,
    inertias: clusterings.map(({ row }) => row.inertia),
  };
}
