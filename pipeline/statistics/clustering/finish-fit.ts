import { type Matrix, rowOf } from '../matrix.ts';
import { assignNearest } from './assign.ts';
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

/**
 * Labels every row in Float64, and moves each centroid that got none onto the row farthest from its own,
 * until every cluster has rows; each move lowers the inertia, so it ends. Without `order`, the matrix is in
 * canonical order itself. RangeError where squares overflow.
 */
export function finishFit(
  matrix: Matrix,
  start: Matrix,
  order?: Int32Array,
): Omit<KMeansFit, 'iterations'> {
  const centroids = { ...start, values: start.values.slice() };
  for (;;) {
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
    if (empty < 0) return { centroids, labels, inertia };
    if (squaredDistances[farthest] === 0) {
      const distinct = used.reduce((sum, one) => sum + one, 0);
      throw new TooFewDistinctRowsError(centroids.rows, distinct);
    }
    centroids.values.set(rowOf(matrix, farthest), empty * centroids.columns);
  }
}
