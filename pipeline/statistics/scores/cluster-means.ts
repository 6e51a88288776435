import { checkMatrix, createMatrix, type Matrix } from '../matrix.ts';

export interface ClusterMeans {
  /** The clusters that have rows, renumbered 0 .. k - 1 in the order of their labels. */
  readonly labels: Int32Array;
  readonly sizes: Int32Array;
  /** One row per cluster, as differences to `origin`: digits survive whatever the offset of the data. */
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

export function clusterMeans(matrix: Matrix, givenLabels: Int32Array): ClusterMeans {
  const { labels, sizes } = compactLabels(matrix, givenLabels);
  const { values, rows, columns } = matrix;
  const origin = values.slice(0, columns);
  const means = createMatrix(sizes.length, columns);
  const sums = means.values;
  for (let row = 0, at = 0; row < rows; row += 1) {
    const start = (labels[row] ?? 0) * columns;
    for (let column = 0; column < columns; column += 1, at += 1) {
      const difference = (values[at] ?? 0) - (origin[column] ?? 0);
      sums[start + column] = (sums[start + column] ?? 0) + difference;
    }
  }
  for (let at = 0; at < sums.length; at += 1) {
    sums[at] = (sums[at] ?? 0) / (sizes[Math.floor(at / columns)] ?? 1);
  }
  return { labels, sizes, means, origin };
}

/** For each row the squared distance to the mean of its cluster. */
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
    squares[row] = sum;
  }
  return squares;
}
