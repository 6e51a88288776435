import type { Matrix } from '../matrix.ts';
import { nearestOfTiny, TINY_SQUARE } from './assign.ts';
import { compareRows } from './canonical-order.ts';
import type { Points } from './kernel/kernel.ts';
import { streamRows } from './kernel/row-stream.ts';

/** Sums are taken of so many rows each, and then of these in order, on however many threads. */
const BLOCK_ROWS = 65_536;

/** A look at all rows, block by block. Plain data, as is what comes of it: both can be sent to workers. */
export type RowPass =
  /** Of Lloyd's iterations, in a kernel's units. */
  | { readonly kind: 'sums'; readonly centroids: Float64Array }
  /** In the units of the matrix. */
  | { readonly kind: 'labels'; readonly centroids: Matrix };

export interface BlockSums {
  readonly kind: 'sums';
  readonly sums: Float64Array;
  readonly counts: Float64Array;
}

export interface BlockLabels {
  readonly kind: 'labels';
  readonly labels: Int32Array;
  /** The squared distances to the nearest centroids, summed, and the row of the largest of them. */
  readonly inertia: number;
  readonly farthest: number;
  readonly largest: number;
  /** For each cluster its first row in the block, -1 where it has none, and 1 where another one differs from it. */
  readonly firsts: Int32Array;
  readonly differ: Uint8Array;
}

export type BlockResult = BlockSums | BlockLabels;

/** Steps that ask for passes over all rows, and are given the results of the blocks in their order. */
export type RowSteps<Result> = Generator<RowPass, Result, readonly BlockResult[]>;

export function countBlocks(rows: number): number {
  return Math.ceil(rows / BLOCK_ROWS);
}

/** Of each row of a block the square of its distance to the centroid of its label. */
function squaresOf(matrix: Matrix, labels: Int32Array, centroids: Matrix, from: number) {
  const { values, columns } = matrix;
  const centers = centroids.values;
  const squares = new Float64Array(labels.length);
  for (let at = 0, row = from * columns; at < labels.length; at += 1, row += columns) {
    const center = (labels[at] ?? 0) * columns;
    let square = 0;
    for (let column = 0; column < columns; column += 1) {
      const difference = (values[row + column] ?? 0) - (centers[center + column] ?? 0);
      square += difference * difference;
    }
    squares[at] = square;
  }
  return squares;
}

/** For each cluster its first row in the block, and whether another one differs from it. */
function membersOf(matrix: Matrix, labels: Int32Array, clusters: number, from: number) {
  const firsts = new Int32Array(clusters).fill(-1);
  const differ = new Uint8Array(clusters);
  for (let at = 0; at < labels.length; at += 1) {
    const label = labels[at] ?? 0;
    const first = firsts[label] ?? -1;
    if (first < 0) firsts[label] = from + at;
    else if (differ[label] === 0 && compareRows(matrix, first, from + at) !== 0) differ[label] = 1;
  }
  return { firsts, differ };
}

function labelBlock(points: Points, centroids: Matrix, block: { from: number; to: number }) {
  const { matrix } = points;
  const { labels } = streamRows(points, centroids.values, block);
  const squares = squaresOf(matrix, labels, centroids, block.from);
  let inertia = 0;
  let farthest = 0;
  for (let at = 0; at < squares.length; at += 1) {
    const square = squares[at] ?? 0;
    if (square < TINY_SQUARE) labels[at] = nearestOfTiny(matrix, block.from + at, centroids);
    if (square > (squares[farthest] ?? 0)) farthest = at;
    inertia += square;
  }
  const largest = squares[farthest] ?? -1;
  const members = membersOf(matrix, labels, centroids.rows, block.from);
  return {
    kind: 'labels',
    labels,
    inertia,
    farthest: block.from + farthest,
    largest,
    ...members,
  } as const;
}

/** A pass over the blocks `from` to `to`. */
export function passBlocks(
  points: Points,
  pass: RowPass,
  { from, to }: { readonly from: number; readonly to: number },
): BlockResult[] {
  const { rows, columns } = points.matrix;
  const unscaled = { ...points, origin: new Float64Array(columns), scale: 1 };
  return Array.from({ length: to - from }, (_, at) => {
    const start = (from + at) * BLOCK_ROWS;
    const block = { from: start, to: Math.min(rows, start + BLOCK_ROWS) };
    if (pass.kind === 'labels') return labelBlock(unscaled, pass.centroids, block);
    const { sums, counts } = streamRows(points, pass.centroids, block);
    return { kind: 'sums', sums: sums.slice(), counts: counts.slice() } as const;
  });
}

/** Takes steps on this thread. */
export function runSteps<Result>(points: Points, steps: RowSteps<Result>): Result {
  const blocks = { from: 0, to: countBlocks(points.matrix.rows) };
  for (let step = steps.next(); ;) {
    if (step.done === true) return step.value;
    step = steps.next(passBlocks(points, step.value, blocks));
  }
}

/** The sums and counts of a pass over all rows. */
export function* sumRows(centroids: Float64Array): RowSteps<Omit<BlockSums, 'kind'>> {
  const sums = new Float64Array(centroids.length);
  let counts = new Float64Array(0);
  for (const block of yield { kind: 'sums', centroids: centroids.slice() }) {
    if (block.kind !== 'sums') throw new TypeError('A pass of sums came to something else.');
    for (let at = 0; at < sums.length; at += 1) sums[at] = (sums[at] ?? 0) + (block.sums[at] ?? 0);
    const before = counts;
    counts = block.counts.map((count, cluster) => count + (before[cluster] ?? 0));
  }
  return { sums, counts };
}

/** The blocks of a pass of labels over all rows. */
export function* labelRows(centroids: Matrix): RowSteps<BlockLabels[]> {
  const copy = { ...centroids, values: centroids.values.slice() };
  return (yield { kind: 'labels', centroids: copy }).map((block) => {
    if (block.kind !== 'labels') throw new TypeError('A pass of labels came to something else.');
    return block;
  });
}
