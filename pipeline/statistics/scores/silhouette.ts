import type { Matrix } from '../matrix.ts';
import { planSilhouette, type SilhouettePlan } from './silhouette-plan.ts';
import {
  addSums,
  silhouetteParts,
  silhouetteSums,
  type SilhouetteTask,
} from './silhouette-sums.ts';

export interface ClusterWidth {
  readonly label: number;
  /** All rows of the cluster, drawn or not. */
  readonly size: number;
  readonly width: number;
}

export interface RowWidths {
  /** The rows of the matrix that were used, cluster by cluster. */
  readonly rows: Int32Array;
  readonly widths: Float64Array;
}

export interface Silhouette {
  /** From -1 to 1; higher is better. */
  readonly value: number;
  /** How many rows it was computed from. */
  readonly rows: number;
  /** True if these were all rows. */
  readonly exact: boolean;
  /** Mean widths by rising label. */
  readonly clusters: readonly ClusterWidth[];
  /** Given where `perRow` asked for it. */
  readonly perRow?: RowWidths;
}

export interface SilhouetteOptions {
  /** All rows are used unless there are more than this. */
  readonly maxRows?: number;
  /** Draws the rows where not all are used. */
  readonly seed?: number;
  readonly perRow?: boolean;
}

/** A row's (b - a) / max(a, b): a is its mean distance within its cluster, b to the nearest other one. */
function widthOf(
  { points: { rows }, starts }: SilhouetteTask,
  sums: Float64Array,
  { row, own }: { row: number; own: number },
): number {
  let a = 0;
  let b = Infinity;
  for (let cluster = 0; cluster < starts.length - 1; cluster += 1) {
    const size = (starts[cluster + 1] ?? 0) - (starts[cluster] ?? 0);
    const sum = sums[cluster * rows + row] ?? 0;
    if (cluster !== own) b = Math.min(b, sum / size);
    else if (size === 1) return 0;
    else a = sum / (size - 1);
  }
  const larger = Math.max(a, b);
  return larger === 0 ? 0 : (b - a) / larger;
}

/** The result of a plan from the sums of all its parts, added up in rising order. */
export function silhouetteFromSums(
  { task, rows, labels, sizes, exact }: SilhouettePlan,
  sums: Float64Array,
  { perRow = false }: Pick<SilhouetteOptions, 'perRow'> = {},
): Silhouette {
  const widths = new Float64Array(rows.length);
  const clusters: ClusterWidth[] = [];
  let total = 0;
  let count = 0;
  for (const [own, size] of sizes.entries()) {
    const from = task.starts[own] ?? 0;
    const to = task.starts[own + 1] ?? 0;
    let sum = 0;
    for (let row = from; row < to; row += 1) {
      const width = widthOf(task, sums, { row, own });
      widths[row] = width;
      sum += width;
    }
    clusters.push({ label: labels[own] ?? 0, size, width: sum / (to - from) });
    total += sum * (size / (to - from));
    count += size;
  }
  const result = { value: total / count, rows: rows.length, exact, clusters };
  return perRow ? { ...result, perRow: { rows, widths } } : result;
}

/**
 * The mean silhouette width (Rousseeuw 1987), of Euclidean distances between rows, never the simplified
 * one of distances to centres. It is exact unless there are more than `maxRows` rows: then it is computed
 * among about `maxRows` rows, drawn by `seed` from each cluster in proportion but at least 20 of each (or
 * all), and each cluster counts by its true size. A row alone in its cluster, or one with no distance to
 * its own and the nearest cluster, has width 0. Time O(n^2), memory O(n k); the same bytes whatever the
 * order of rows and, by `planSilhouette`, `silhouetteSums` and `silhouetteFromSums`, however many threads
 * share the work. RangeError unless there are 2 .. n - 1 clusters.
 */
export function silhouette(
  matrix: Matrix,
  labels: Int32Array,
  options: SilhouetteOptions = {},
): Silhouette {
  const plan = planSilhouette(matrix, labels, options);
  const sums = silhouetteSums(plan.task, 0);
  const parts = silhouetteParts(plan.task);
  for (let part = 1; part < parts; part += 1) addSums(sums, silhouetteSums(plan.task, part));
  return silhouetteFromSums(plan, sums, options);
}
