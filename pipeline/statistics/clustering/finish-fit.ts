import { type Matrix, rowOf } from '../matrix.ts';
import { assignNearest, squaredDistance } from './assign.ts';
import { compareRows } from './canonical-order.ts';
import { TooFewDistinctRowsError } from './prepare-kmeans.ts';

export interface KMeansFit {
  /** k rows, in the units of the matrix given. */
  readonly centroids: Matrix;
  /** For each row given its nearest centroid; of equally near ones the lowest. No cluster is empty. */
  readonly labels: Int32Array;
  /** The sum over all rows of the squared distance to that centroid. */
  readonly inertia: number;
  /** Of the start that was kept, those on a sample included. */
  readonly iterations: number;
}

/** The inertia, and the row farthest from its centroid, summed and sought along an order of the rows. */
function walk(squares: Float64Array, order: Int32Array | undefined) {
  let inertia = 0;
  let farthest = order?.[0] ?? 0;
  for (let at = 0; at < squares.length; at += 1) {
    const row = order?.[at] ?? at;
    const square = squares[row] ?? 0;
    inertia += square;
    if (square > (squares[farthest] ?? 0)) farthest = row;
  }
  return { inertia, farthest };
}

/** Puts the centroids of clusters whose rows are all equal exactly on these: means are off by rounding. */
function snapToEqualRows(matrix: Matrix, labels: Int32Array, centroids: Matrix): boolean {
  const firsts = new Int32Array(centroids.rows).fill(-1);
  const differ = new Uint8Array(centroids.rows);
  for (let row = 0; row < matrix.rows; row += 1) {
    const label = labels[row] ?? 0;
    const first = firsts[label] ?? -1;
    if (first < 0) firsts[label] = row;
    else if (differ[label] === 0 && compareRows(matrix, first, row) !== 0) differ[label] = 1;
  }
  let moved = false;
  for (const [label, first] of firsts.entries()) {
    const there = { matrix: centroids, row: label };
    if (differ[label] === 1 || squaredDistance(matrix, first, there) === 0) continue;
    // Equal rows may differ in the sign of a zero.
    const values = rowOf(matrix, first).map((value) => value + 0);
    centroids.values.set(values, label * centroids.columns);
    moved = true;
  }
  return moved;
}

/**
 * Labels every row in Float64, and moves each centroid that got none onto the row farthest from its own,
 * until every cluster has rows; each move lowers the inertia, so it ends. A cluster of equal rows has its
 * centroid on them, so that no inertia is left where nothing differs. Without `order`, the matrix is in
 * canonical order itself. RangeError where squares overflow.
 */
export function finishFit(
  matrix: Matrix,
  start: Matrix,
  order?: Int32Array,
): Omit<KMeansFit, 'iterations'> {
  const centroids = { ...start, values: start.values.slice() };
  for (let snapped = false; ;) {
    const { labels, squaredDistances } = assignNearest(matrix, centroids);
    const { inertia, farthest } = walk(squaredDistances, order);
    if (!Number.isFinite(inertia)) {
      throw new RangeError(
        'The values are too far apart: the squares of their distances overflow.',
      );
    }
    const used = new Uint8Array(centroids.rows);
    for (const label of labels) used[label] = 1;
    const empty = used.indexOf(0);
    if (empty < 0) {
      if (snapped || !snapToEqualRows(matrix, labels, centroids))
        return { centroids, labels, inertia };
      snapped = true;
      continue;
    }
    if (squaredDistances[farthest] === 0) {
      const distinct = used.reduce((sum, one) => sum + one, 0);
      throw new TooFewDistinctRowsError(centroids.rows, distinct);
    }
    centroids.values.set(rowOf(matrix, farthest), empty * centroids.columns);
  }
}
