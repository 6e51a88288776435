import type { Matrix } from '../matrix.ts';

export interface Split {
  readonly column: number;
  /** Rows with a value up to this go to the low side. */
  readonly threshold: number;
  /** How much the split lowers the Gini impurity of the rows, times their number. */
  readonly gain: number;
}

/** What a tree grows on: class numbers 0 .. classes - 1, one a row. */
export interface LabelledRows {
  readonly matrix: Matrix;
  readonly labels: Int32Array;
  readonly classes: number;
  /** The fewest rows on either side of a split. */
  readonly fewest: number;
}

/** Gains that differ by less than this a row are equal: their order would be that of rounding. */
const EQUAL = 1e-12;

/** Between two values, and never at the higher one, whatever the rounding. */
function between(low: number, high: number): number {
  const middle = low / 2 + high / 2;
  return middle >= low && middle < high ? middle : low;
}

export function countClasses({ labels, classes }: LabelledRows, rows: Int32Array): Int32Array {
  const counts = new Int32Array(classes);
  for (const row of rows) {
    const label = labels[row] ?? 0;
    counts[label] = (counts[label] ?? 0) + 1;
  }
  return counts;
}

function sumOfSquares(counts: Int32Array): number {
  return counts.reduce((sum, count) => sum + count * count, 0);
}

/**
 * The best split of one column, by rows in its rising order. Rows pass one by one from the high to
 * the low side; of both the sums of squared class counts are kept, integers, so that gains do not
 * drift.
 */
function bestOfColumn(data: LabelledRows, sorted: Int32Array, column: number): Split | null {
  const { matrix, labels, fewest } = data;
  const total = sorted.length;
  const high = countClasses(data, sorted);
  const low = new Int32Array(high.length);
  let highSquares = sumOfSquares(high);
  let lowSquares = 0;
  const whole = highSquares / total;
  let best: Split | null = null;
  for (let passed = 1; passed <= total - fewest; passed += 1) {
    const row = sorted[passed - 1] ?? 0;
    const label = labels[row] ?? 0;
    const [below, above] = [low[label] ?? 0, high[label] ?? 0];
    lowSquares += 2 * below + 1;
    highSquares -= 2 * above - 1;
    low[label] = below + 1;
    high[label] = above - 1;
    if (passed < fewest) continue;
    const value = matrix.values[row * matrix.columns + column] ?? 0;
    const next = matrix.values[(sorted[passed] ?? 0) * matrix.columns + column] ?? 0;
    if (value === next) continue;
    const gain = lowSquares / passed + highSquares / (total - passed) - whole;
    if (gain <= (best?.gain ?? 0) + EQUAL * total) continue;
    best = { column, threshold: between(value, next), gain };
  }
  return best;
}

/**
 * The split of rows into two that lowers their Gini impurity most (Breiman and others 1984), or
 * null where none does. `sorted` holds the rows once a column, in its rising order. Of equal splits
 * the first by column, then by threshold.
 */
export function bestSplit(data: LabelledRows, sorted: readonly Int32Array[]): Split | null {
  let best: Split | null = null;
  for (const [column, rows] of sorted.entries()) {
    const split = bestOfColumn(data, rows, column);
    if (split && split.gain > (best?.gain ?? 0) + EQUAL * rows.length) best = split;
  }
  return best;
}

/** The rows of both sides of a split, each in the order given. */
export function divideRows(
  { values, columns }: Matrix,
  rows: Int32Array,
  { column, threshold }: Split,
): { low: Int32Array; high: Int32Array } {
  const low = new Int32Array(rows.length);
  const high = new Int32Array(rows.length);
  let below = 0;
  let above = 0;
  for (const row of rows) {
    if ((values[row * columns + column] ?? 0) <= threshold) low[below++] = row;
    else high[above++] = row;
  }
  return { low: low.slice(0, below), high: high.slice(0, above) };
}
