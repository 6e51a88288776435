import { type Matrix, rowOf } from '../matrix.ts';
import { squaredDistance } from './assign.ts';
import { compareRows } from './canonical-order.ts';
import { TooFewDistinctRowsError } from './prepare-kmeans.ts';
import { type BlockLabels, labelRows, type RowSteps, runSteps } from './row-passes.ts';

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

/** What a fit is finished from: rows in canonical order, and where each of them was among those given. */
interface OrderedRows {
  readonly matrix: Matrix;
  readonly order: Int32Array;
}

/** Puts the centroids of clusters whose rows are all equal exactly on these: means are off by rounding. */
function snapToEqualRows(
  matrix: Matrix,
  blocks: readonly BlockLabels[],
  centroids: Matrix,
): boolean {
  let moved = false;
  for (let label = 0; label < centroids.rows; label += 1) {
    const firsts = blocks.map(({ firsts }) => firsts[label] ?? -1).filter((row) => row >= 0);
    const [first = 0] = firsts;
    if (blocks.some(({ differ }) => differ[label] === 1)) continue;
    if (firsts.some((row) => compareRows(matrix, first, row) !== 0)) continue;
    if (squaredDistance(matrix, first, { matrix: centroids, row: label }) === 0) continue;
    // Equal rows may differ in the sign of a zero.
    const values = rowOf(matrix, first).map((value) => value + 0);
    centroids.values.set(values, label * centroids.columns);
    moved = true;
  }
  return moved;
}

/** The row farthest from its centroid. */
export function farthestOf(blocks: readonly BlockLabels[]): { farthest: number; largest: number } {
  return blocks.reduce((a, b) => (b.largest > a.largest ? b : a), { farthest: 0, largest: -1 });
}

function labelsAsGiven(blocks: readonly BlockLabels[], order: Int32Array): Int32Array {
  const given = new Int32Array(order.length);
  let row = 0;
  for (const { labels } of blocks) {
    for (let at = 0; at < labels.length; at += 1, row += 1)
      given[order[row] ?? 0] = labels[at] ?? 0;
  }
  return given;
}

/**
 * Labels every row in Float64, and moves each centroid that got none onto the row farthest from its own,
 * until every cluster has rows; each move lowers the inertia, so it ends. A cluster of equal rows has its
 * centroid on them, so that no inertia is left where nothing differs. RangeError where squares overflow.
 */
export function* finishSteps(
  { matrix, order }: OrderedRows,
  start: Matrix,
): RowSteps<Omit<KMeansFit, 'iterations'>> {
  const centroids = { ...start, values: start.values.slice() };
  for (let snapped = false; ;) {
    const blocks = yield* labelRows(centroids);
    const inertia = blocks.reduce((sum, block) => sum + block.inertia, 0);
    if (!Number.isFinite(inertia)) {
      throw new RangeError(
        'The values are too far apart: the squares of their distances overflow.',
      );
    }
    const used = Array.from({ length: centroids.rows }, (_, label) =>
      blocks.some(({ firsts }) => (firsts[label] ?? -1) >= 0),
    );
    const empty = used.indexOf(false);
    if (empty < 0) {
      if (snapped || !snapToEqualRows(matrix, blocks, centroids)) {
        return { centroids, labels: labelsAsGiven(blocks, order), inertia };
      }
      snapped = true;
      continue;
    }
    const { farthest, largest } = farthestOf(blocks);
    if (largest === 0) {
      throw new TooFewDistinctRowsError(centroids.rows, used.filter(Boolean).length);
    }
    centroids.values.set(rowOf(matrix, farthest), empty * centroids.columns);
  }
}

/** The same on this thread. */
export function finishFit(rows: OrderedRows, start: Matrix): Omit<KMeansFit, 'iterations'> {
  const points = { matrix: rows.matrix, origin: new Float64Array(start.columns), scale: 1 };
  return runSteps(points, finishSteps(rows, start));
}
