import type { Kernel } from './kernel/kernel.ts';
import { moveToFarthestRows } from './move-to-farthest-rows.ts';

export interface LloydOptions {
  readonly maxIterations: number;
  /** The last iteration is the one in which the squares of the centroids' moves sum to no more than this. */
  readonly tolerance: number;
  /** Called before each iteration; what it throws ends them. */
  readonly checkpoint?: (() => void) | undefined;
}

/** Puts every centroid on the mean of its rows; one without rows stays. Gives the sum of squared moves. */
export function moveToMeans(
  centroids: Float64Array,
  { sums, counts }: Pick<Kernel, 'sums' | 'counts'>,
): number {
  const columns = centroids.length / counts.length;
  let moved = 0;
  for (let at = 0; at < centroids.length; at += 1) {
    const count = counts[Math.floor(at / columns)] ?? 0;
    if (count === 0) continue;
    const mean = (sums[at] ?? 0) / count;
    moved += (mean - (centroids[at] ?? 0)) ** 2;
    centroids[at] = mean;
  }
  return moved;
}

/**
 * Lloyd's iterations (1982) from `centroids`, which are changed in place; gives how many there were. An
 * empty cluster moves to the row farthest from its own centroid in Float64; in Float32, where different
 * rows may look equal, it ends the iterations.
 */
export function iterate(kernel: Kernel, centroids: Float64Array, options: LloydOptions): number {
  for (let iteration = 1; iteration <= options.maxIterations; iteration += 1) {
    options.checkpoint?.();
    const changed = kernel.assign(centroids);
    // The labels before the first iteration may be those of other centroids.
    if (changed === 0 && iteration > 1) return iteration;
    const moved = moveToMeans(centroids, kernel);
    if (kernel.counts.includes(0)) {
      if (kernel.precision === 'float32') return iteration;
      moveToFarthestRows(kernel, centroids);
    } else if (moved <= options.tolerance) return iteration;
  }
  return options.maxIterations;
}
