import type { Matrix } from '../statistics/matrix.ts';
import { addSums, silhouetteParts } from '../statistics/scores/silhouette-sums.ts';
import { type Silhouette, silhouetteFromSums } from '../statistics/scores/silhouette.ts';
import { onWorker, poolSize, type Work } from '../work/on-worker.ts';
import { together } from '../work/together.ts';

export interface SilhouetteRows {
  /** All customers, or about so many where there are more. */
  readonly rows: number | null;
  readonly seed: number;
}

/**
 * The silhouette of a clustering, its pairs of customers spread over `threads` workers; null where it is
 * not defined. Parts are added in their order, so that the number of workers changes nothing.
 */
export async function meanSilhouette(
  matrix: Matrix,
  labels: Int32Array,
  { rows, seed, ...work }: SilhouetteRows & Work & { readonly threads?: number },
): Promise<Silhouette | null> {
  const size = rows === null ? {} : { maxRows: rows, seed };
  const plan = await onWorker(work, 'The silhouette', 'silhouettePlan', matrix, labels, size);
  if (plan === null) return null;
  const parts = silhouetteParts(plan.task);
  const { threads = poolSize(work) } = work;
  const total = new Float64Array((plan.task.starts.length - 1) * plan.task.points.rows);
  for (let part = 0; part < parts; part += threads) {
    const window = Array.from({ length: Math.min(threads, parts - part) }, (_, i) => part + i);
    const sums = await together(
      work.signal,
      window.map(
        (one) => (signal) =>
          onWorker({ ...work, signal }, 'The silhouette', 'silhouetteSums', plan.task, one),
      ),
    );
    for (const one of sums) addSums(total, one);
  }
  return silhouetteFromSums(plan, total);
}
