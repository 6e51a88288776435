import { addDistances } from './add-distances.ts';
import type { PackedPoints } from './packed-points.ts';

/** What a worker needs: rows that lie cluster by cluster. Plain data, to be cloned or shared. */
export interface SilhouetteTask {
  readonly points: PackedPoints;
  /** Cluster c has the rows starts[c] .. starts[c + 1] - 1. */
  readonly starts: Int32Array;
}

/** About 40 ms of work, after which a caller can breathe. */
const PAIRS_OF_A_PART = 2 ** 23;
/** Each part gives rows x clusters numbers: more parts would cost more to move than they spread. */
const MOST_PARTS = 64;
/** Rows that a core's nearest cache holds while others are compared with them. */
const BLOCK = 512;

/** Into how many parts the pairs of rows fall: of the number of rows alone, never of that of workers. */
export function silhouetteParts({ points: { rows } }: SilhouetteTask): number {
  const wanted = Math.ceil((rows * (rows - 1)) / 2 / PAIRS_OF_A_PART);
  return Math.min(MOST_PARTS, Math.max(1, wanted));
}

/** The rows whose pairs with the rows after them make a part: about equally many pairs in each. */
function rowsOfPart(task: SilhouetteTask, part: number): { from: number; to: number } {
  const { rows } = task.points;
  const parts = silhouetteParts(task);
  const boundary = (index: number): number => Math.round(rows * (1 - Math.sqrt(1 - index / parts)));
  return { from: boundary(part), to: boundary(part + 1) };
}

interface Block {
  readonly first: number;
  readonly last: number;
  readonly from: number;
  readonly to: number;
}

/** Distances of the rows first .. last - 1 to those of from .. to - 1 that come after them. */
function addBlock(
  points: PackedPoints,
  { first, last, from, to }: Block,
  sums: { ofRows: Float64Array; ofOthers: Float64Array; scratch: Float64Array },
): void {
  for (let row = first; row < last; row += 1) {
    const after = Math.max(row + 1, from);
    if (after >= to) return;
    const span = { from: after, to };
    const target = { sums: sums.ofOthers, scratch: sums.scratch };
    const total = addDistances(points, row, span, target);
    sums.ofRows[row] = (sums.ofRows[row] ?? 0) + total;
  }
}

/**
 * A part's share of the sum of Euclidean distances from each row to the rows of each cluster: that of
 * row r to cluster c is at `c * rows + r`. Each pair of rows is in one part only. Parts, 0 ..
 * `silhouetteParts` - 1, may be computed anywhere and at once; their sums are to be added in rising
 * order of the parts, which makes the same bytes however they were spread. O(rows x clusters) memory.
 */
export function silhouetteSums(task: SilhouetteTask, part: number): Float64Array {
  const { points, starts } = task;
  const clusters = starts.length - 1;
  const { from, to } = rowsOfPart(task, part);
  const sums = new Float64Array(clusters * points.rows);
  const scratch = new Float64Array(BLOCK);
  const sumsTo = (cluster: number): Float64Array =>
    sums.subarray(cluster * points.rows, (cluster + 1) * points.rows);
  for (let own = 0; own < clusters; own += 1) {
    const first = Math.max(from, starts[own] ?? 0);
    const last = Math.min(to, starts[own + 1] ?? 0);
    if (first >= last) continue;
    for (let other = own; other < clusters; other += 1) {
      const target = { ofRows: sumsTo(other), ofOthers: sumsTo(own), scratch };
      const end = starts[other + 1] ?? 0;
      for (let block = Math.max(first, starts[other] ?? 0); block < end; block += BLOCK) {
        addBlock(points, { first, last, from: block, to: Math.min(block + BLOCK, end) }, target);
      }
    }
  }
  return sums;
}

/** Adds a part's sums to those of the parts before it. */
export function addSums(total: Float64Array, part: Float64Array): void {
  for (let at = 0; at < total.length; at += 1) total[at] = (total[at] ?? 0) + (part[at] ?? 0);
}
