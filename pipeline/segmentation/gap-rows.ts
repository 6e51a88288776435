import { principalComponents } from '../statistics/scaling/pca.ts';
import { drawSeeds } from '../statistics/scores/draw-seeds.ts';
import { type GapRow, gapRow } from '../statistics/scores/gap-statistic.ts';
import { referenceBox } from '../statistics/scores/reference-box.ts';
import { canonicalOrder } from '../statistics/clustering/canonical-order.ts';
import { type Matrix, selectRows } from '../statistics/matrix.ts';
import { countDistinct } from '../statistics/clustering/prepare-kmeans.ts';
import { createRandom } from '../statistics/random.ts';
import { onWorker, type Work } from '../work/on-worker.ts';
import { together } from '../work/together.ts';

/** The gap is looked for among so many customers at most: each k is clustered once for every reference. */
export const GAP_ROWS = 10_000;
const REFERENCES = 10;
const settings = { restarts: 3, maxIterations: 100, tolerance: 1e-4 };

/** Rows drawn by seed alone, however the customers stand. */
export function sampleRows(matrix: Matrix, rows: number, seed: number): Int32Array {
  const order = canonicalOrder(matrix);
  if (matrix.rows <= rows) return order;
  return createRandom(seed)
    .sample(matrix.rows, rows)
    .map((place) => order[place] ?? 0);
}

const kmeansOf = (seed: number) => ({ ...settings, seed });

/** The gap statistic of each k, rising, for which the sample has different rows enough. */
export async function gapRows(
  matrix: Matrix,
  { ks: wanted, seed, ...work }: Work & { readonly ks: readonly number[]; readonly seed: number },
): Promise<{ readonly rows: readonly GapRow[]; readonly customers: number }> {
  const sample = selectRows(matrix, sampleRows(matrix, GAP_ROWS, seed));
  // The sample stands in canonical order, equal rows beside each other; it may hold fewer than all customers do.
  const distinct = countDistinct(sample, Math.max(...wanted) + 1);
  const ks = wanted.filter((k) => k <= distinct && k < sample.rows);
  const box = referenceBox(sample, principalComponents(sample).components);
  const what = 'The gap statistic';
  const references = await together(
    work.signal,
    drawSeeds(seed, REFERENCES).map(
      (referenceSeed) => (signal) =>
        onWorker({ ...work, signal }, what, 'referenceInertias', box, ks, kmeansOf(referenceSeed)),
    ),
  );
  const own = await onWorker(work, what, 'inertias', sample, ks, kmeansOf(seed));
  const rows = ks.map((k, i) =>
    gapRow(
      k,
      own[i] ?? 0,
      references.map((inertias) => inertias[i] ?? 0),
    ),
  );
  return { rows, customers: sample.rows };
}
