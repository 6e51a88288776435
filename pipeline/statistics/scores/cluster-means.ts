import { checkMatrix, createMatrix, type Matrix } from '../matrix.ts';
import { createSums } from '../orderless-sum.ts';

export interface ClusterMeans {
  /** The clusters that have rows, renumbered 0 .. k - 1 in the order of their labels. */
  readonly labels: Int32Array;
  readonly sizes: Int32Array;
  /** One row per cluster, as differences to `origin`, the least of each column: digits survive at any offset. */
  readonly means: Matrix;
  readonly origin: Float64Array;
}

interface Compact {
  readonly labels: Int32Array;
  readonly sizes: Int32Array;
}

/** Renumbers labels without gaps. RangeError if there is not one whole number from 0 for each row. */
export function compactLabels(matrix: Matrix, labels: Int32Array): Compact {
  checkMatrix(matrix);
  if (labels.length !== matrix.rows) {
    throw new RangeError(`${matrix.rows} rows need as many labels, not ${labels.length}.`);
  }
  const present = [...new Set(labels)].sort((a, b) => a - b);
  if ((present[0] ?? 0) < 0) throw new RangeError(`A label cannot be negative: ${present[0]}.`);
  const position = new Map(present.map((label, index) => [label, index]));
  const sizes = new Int32Array(present.length);
  const compact = labels.map((label) => position.get(label) ?? 0);
  for (const label of compact) sizes[label] = (sizes[label] ?? 0) + 1;
  return { labels: compact, sizes };
}

/** RangeError unless there are 2 .. rows - 1 clusters, between which the scores are defined. */
export function checkScorable(clusters: number, rows: number): void {
  if (clusters >= 2 && clusters < rows) return;
  throw new RangeError(
    `Scores need from 2 to ${rows - 1} clusters for ${rows} rows, but there are ${clusters}.`,
  );
}

interface Part {
  readonly column: number;
  readonly labels: Int32Array;
  readonly sizes: Int32Array;
}

/** The mean of one column in each cluster, from the least value of the column. */
function meansFrom(
  { values, rows, columns }: Matrix,
  { column, labels, sizes }: Part,
): { origin: number; means: Float64Array } {
  const lowest = new Float64Array(sizes.length).fill(Infinity);
  const highest = new Float64Array(sizes.length).fill(-Infinity);
  for (let row = 0, at = column; row < rows; row += 1, at += columns) {
    const label = labels[row] ?? 0;
    lowest[label] = Math.min(lowest[label] ?? 0, values[at] ?? 0);
    highest[label] = Math.max(highest[label] ?? 0, values[at] ?? 0);
  }
  const origin = lowest.reduce((least, value) => Math.min(least, value));
  const largest = highest.reduce((most, value) => Math.max(most, value)) - origin;
  if (!Number.isFinite(largest)) {
    throw new RangeError(`The values of column ${column} are too far apart for a mean.`);
  }
  const sums = createSums(sizes.length, { terms: rows, largest });
  for (let row = 0, at = column; row < rows; row += 1, at += columns) {
    sums.add(labels[row] ?? 0, (values[at] ?? 0) - origin);
  }
  // Rounding must not take a mean out of its cluster: equal rows have no distance to theirs.
  const means = lowest.map((low, cluster) => {
    const most = (highest[cluster] ?? 0) - origin;
    return Math.min(most, Math.max(low - origin, sums.mean(cluster, sizes[cluster] ?? 1)));
  });
  return { origin, means };
}

/**
 * The means of the rows of each label, the same to the last bit in any order of rows. RangeError unless
 * each row has a label of at least 0, and for values whose differences overflow.
 */
export function clusterMeans(matrix: Matrix, givenLabels: Int32Array): ClusterMeans {
  const { labels, sizes } = compactLabels(matrix, givenLabels);
  const { columns } = matrix;
  const origin = new Float64Array(columns);
  const means = createMatrix(sizes.length, columns);
  for (let column = 0; column < columns; column += 1) {
    const own = meansFrom(matrix, { column, labels, sizes });
    origin[column] = own.origin;
    for (const [cluster, mean] of own.means.entries()) {
      means.values[cluster * columns + column] = mean;
    }
  }
  return { labels, sizes, means, origin };
}

/** For each row the squared distance to the mean of its cluster. RangeError where it overflows. */
export function squaredDistancesToMeans(matrix: Matrix, clusters: ClusterMeans): Float64Array {
  const { values, rows, columns } = matrix;
  const { labels, means, origin } = clusters;
  const squares = new Float64Array(rows);
  for (let row = 0, at = 0; row < rows; row += 1) {
    const start = (labels[row] ?? 0) * columns;
    let sum = 0;
    for (let column = 0; column < columns; column += 1, at += 1) {
      const fromOrigin = (values[at] ?? 0) - (origin[column] ?? 0);
      const difference = fromOrigin - (means.values[start + column] ?? 0);
      sum += difference * difference;
    }
    if (sum === Infinity) throw new RangeError(`Row ${row} is too far from its cluster's mean.`);
    squares[row] = sum;
  }
  return squares;
}
