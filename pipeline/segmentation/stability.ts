import { type Matrix, selectRows } from '../statistics/matrix.ts';
import { shareMatrix } from '../work/share-values.ts';
import { type Stability, stabilityOf } from '../statistics/scores/bootstrap-stability.ts';
import { drawSeeds } from '../statistics/scores/draw-seeds.ts';
import { sampleRows } from './gap-rows.ts';
import { onWorker, type Work } from '../work/on-worker.ts';
import { together } from '../work/together.ts';

/** Stability is looked for among so many customers at most, and held against their segments. */
export const STABILITY_ROWS = 20_000;
const RESAMPLES = 20;
const settings = { restarts: 3, maxIterations: 100, tolerance: 1e-4 };

/** Customers of whom resamples are drawn; the same for every k. */
export interface StabilityBase {
  readonly matrix: Matrix;
  /** Their rows among all customers. */
  readonly rows: Int32Array;
}

export function stabilityBase(matrix: Matrix, seed: number): StabilityBase {
  const rows = sampleRows(matrix, STABILITY_ROWS, seed);
  return { matrix: shareMatrix(selectRows(matrix, rows)), rows };
}

/** How well a clustering comes back when customers are drawn anew. */
export async function stabilityOfClustering(
  { matrix, rows }: StabilityBase,
  all: Int32Array,
  { k, seed, ...work }: Work & { readonly k: number; readonly seed: number },
): Promise<Stability> {
  const labels = rows.map((row) => all[row] ?? 0);
  // The rows stand in canonical order already.
  const order = labels.map((_, row) => row);
  const agreements = await together(
    work.signal,
    drawSeeds(seed, RESAMPLES).map(
      (sampleSeed) => (signal) =>
        onWorker(
          { ...work, signal },
          'Stability',
          'resampleAgreement',
          { matrix, order, labels },
          { ...settings, k, seed: sampleSeed },
        ),
    ),
  );
  return stabilityOf(labels, agreements);
}
