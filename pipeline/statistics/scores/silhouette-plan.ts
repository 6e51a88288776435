import { canonicalOrder } from '../clustering/canonical-order.ts';
import type { Matrix } from '../matrix.ts';
import { createRandom } from '../random.ts';
import { checkScorable, compactLabels } from './cluster-means.ts';
import { packRows } from './packed-points.ts';
import type { SilhouetteTask } from './silhouette-sums.ts';
import { stratifiedSample } from './stratified-sample.ts';

export interface SilhouettePlan {
  readonly task: SilhouetteTask;
  /** For each row of the task that of the matrix. */
  readonly rows: Int32Array;
  /** The labels present, rising, and how many rows of the matrix each has. */
  readonly labels: Int32Array;
  readonly sizes: Int32Array;
  readonly exact: boolean;
}

const FEWEST_ROWS_OF_A_CLUSTER = 20;

/** Where each cluster's rows begin when they lie cluster by cluster, and where the last ones end. */
function startsOf(sizes: Int32Array): Int32Array {
  const starts = new Int32Array(sizes.length + 1);
  for (const [cluster, size] of sizes.entries()) {
    starts[cluster + 1] = (starts[cluster] ?? 0) + size;
  }
  return starts;
}

/** The rows cluster by cluster, within each in an order that hangs on their values alone. */
function orderByCluster(matrix: Matrix, labels: Int32Array, starts: Int32Array): Int32Array {
  const next = starts.slice();
  const order = new Int32Array(matrix.rows);
  for (const row of canonicalOrder(matrix)) {
    const label = labels[row] ?? 0;
    const at = next[label] ?? 0;
    order[at] = row;
    next[label] = at + 1;
  }
  return order;
}

/** Which rows to compare, laid out cluster by cluster. Throws as `silhouette` does. */
export function planSilhouette(
  matrix: Matrix,
  givenLabels: Int32Array,
  { maxRows = Infinity, seed = 0 }: { maxRows?: number; seed?: number } = {},
): SilhouettePlan {
  const { labels, sizes } = compactLabels(matrix, givenLabels);
  checkScorable(sizes.length, matrix.rows);
  const exact = matrix.rows <= maxRows;
  const share = maxRows / matrix.rows;
  const quotas = sizes.map((size) =>
    exact ? size : Math.min(size, Math.max(FEWEST_ROWS_OF_A_CLUSTER, Math.round(size * share))),
  );
  const starts = startsOf(sizes);
  const all = orderByCluster(matrix, labels, starts);
  const rows = exact ? all : stratifiedSample(all, { starts, quotas }, createRandom(seed));
  return {
    task: { points: packRows(matrix, rows), starts: startsOf(quotas) },
    rows,
    labels: Int32Array.from(new Set(givenLabels)).sort(),
    sizes,
    exact,
  };
}
