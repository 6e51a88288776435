import { quantileOfSorted, summariseColumn, withinRounding } from '../column-summary.ts';
import { columnOf, type Matrix } from '../matrix.ts';
import { compactLabels } from '../scores/cluster-means.ts';

/** How one column of a cluster differs from that of all other rows, in the column's own unit. */
export interface ColumnEffect {
  readonly mean: number;
  readonly median: number;
  /** Of all other rows; null where there are none. */
  readonly restMean: number | null;
  /**
   * Cohen's d (1988): (mean - restMean) / s, s^2 = ((n - 1) v + (m - 1) w) / (n + m - 2), with v
   * and w the sample variances of the cluster's n rows and the other m. Null without a spread or
   * other rows.
   */
  readonly cohensD: number | null;
  /**
   * The probability that a row of the cluster is above one of the others, plus half of that of a
   * tie (McGraw and Wong 1992; Mann and Whitney's U / (n m)): 0.5 sets nothing apart, and skewed
   * money does not sway it. Null without other rows.
   */
  readonly superiority: number | null;
}

export interface ClusterEffects {
  readonly label: number;
  readonly rows: number;
  /** One a column, in the order of the matrix. */
  readonly columns: readonly ColumnEffect[];
}

interface Part {
  readonly sorted: Float64Array;
  readonly mean: number;
  /** The sum of squared differences to the mean. */
  readonly squares: number;
}

function describePart(sorted: Float64Array): Part {
  const { mean, deviation } = summariseColumn(sorted);
  return { sorted, mean, squares: deviation * deviation * sorted.length };
}

/** Whether all values of some parts are one value, but for rounding. */
function isConstant(parts: readonly Part[]): boolean {
  const lowest = Math.min(...parts.map(({ sorted }) => sorted[0] ?? Infinity));
  const highest = Math.max(...parts.map(({ sorted }) => sorted.at(-1) ?? -Infinity));
  return withinRounding(lowest, highest);
}

/**
 * Mean less that of `own`, and squared differences to it, of several parts (Chan and others 1979).
 */
function pool(
  others: readonly Part[],
  own: Part,
): { rows: number; difference: number; squares: number } {
  const rows = others.reduce((sum, { sorted }) => sum + sorted.length, 0);
  let difference = 0;
  for (const { sorted, mean } of others) difference += (sorted.length / rows) * (mean - own.mean);
  let squares = 0;
  for (const part of others) {
    squares += part.squares + part.sorted.length * (part.mean - own.mean - difference) ** 2;
  }
  return { rows, difference, squares };
}

/** Mann and Whitney's U: the pairs in which `own` is above `other`, ties counted half. Both rise. */
function countWins(own: Float64Array, other: Float64Array): number {
  let wins = 0;
  let at = 0;
  for (let row = 0; row < own.length;) {
    const value = own[row] ?? 0;
    while (at < other.length && (other[at] ?? 0) < value) at += 1;
    const below = at;
    while (at < other.length && other[at] === value) at += 1;
    const first = row;
    while (row < own.length && own[row] === value) row += 1;
    wins += (row - first) * ((below + at) / 2);
  }
  return wins;
}

function effectOf(own: Part, parts: readonly Part[]): ColumnEffect {
  const median = quantileOfSorted(own.sorted, 0.5);
  const { mean } = own;
  const others = parts.filter((part) => part !== own);
  if (others.length === 0) {
    return { mean, median, restMean: null, cohensD: null, superiority: null };
  }
  const { rows, difference, squares } = pool(others, own);
  const size = own.sorted.length;
  const effect = -difference / Math.sqrt((own.squares + squares) / (size + rows - 2));
  const flat = isConstant([own]) && isConstant(others);
  const wins = others.reduce((sum, { sorted }) => sum + countWins(own.sorted, sorted), 0);
  return {
    mean,
    median,
    restMean: mean + difference,
    cohensD: flat || !Number.isFinite(effect) ? null : effect,
    superiority: wins / (size * rows),
  };
}

/** The values of each cluster, rising. */
function sortParts(column: Float64Array, labels: Int32Array, sizes: Int32Array): Float64Array[] {
  const parts = Array.from(sizes, (size) => new Float64Array(size));
  const filled = new Int32Array(sizes.length);
  for (const [row, label] of labels.entries()) {
    const at = filled[label] ?? 0;
    const part = parts[label];
    if (part) part[at] = column[row] ?? 0;
    filled[label] = at + 1;
  }
  return parts.map((part) => part.sort());
}

/**
 * What sets each cluster apart from all other rows: for labelled rows, in original units, an effect
 * size a cluster and column, by rising label. O(columns * rows * (clusters + log rows)). RangeError
 * unless there is one label from 0 a row and every value is finite.
 */
export function effectSizes(matrix: Matrix, givenLabels: Int32Array): ClusterEffects[] {
  const { labels, sizes } = compactLabels(matrix, givenLabels);
  const names = [...new Set(givenLabels)].sort((a, b) => a - b);
  const effects: ColumnEffect[][] = names.map(() => []);
  for (let index = 0; index < matrix.columns; index += 1) {
    const column = columnOf(matrix, index);
    const parts = sortParts(column, labels, sizes).map(describePart);
    for (const [cluster, part] of parts.entries()) effects[cluster]?.push(effectOf(part, parts));
  }
  return names.map((label, cluster) => ({
    label,
    rows: sizes[cluster] ?? 0,
    columns: effects[cluster] ?? [],
  }));
}
