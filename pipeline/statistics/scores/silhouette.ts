import { checkScorable, compactLabels } from './cluster-means.ts';
import { type Matrix, selectRows } from '../matrix.ts';
import { createRandom } from '../random.ts';

export interface Silhouette {
  /** From -1 to 1; higher is better. */
  readonly value: number;
  /** How many rows it was computed from. */
  readonly rows: number;
  /** True if these were all rows. */
  readonly exact: boolean;
}

/** All rows are used up to here: 12.5 million distances, about a tenth of a second. */
const EXACT_SILHOUETTE_ROWS = 5000;

const FEWEST_ROWS_OF_A_CLUSTER = 20;

interface Quotas {
  readonly labels: Int32Array;
  readonly sizes: Int32Array;
  readonly quotas: Int32Array;
}

/** Each cluster's rows are drawn without replacement and with equal chance until its quota is full. */
function drawRows({ labels, sizes, quotas }: Quotas, seed: number): Int32Array {
  const random = createRandom(seed);
  const left = sizes.slice();
  const wanted = quotas.slice();
  const drawn: number[] = [];
  for (const [row, label] of labels.entries()) {
    const need = wanted[label] ?? 0;
    const remaining = left[label] ?? 1;
    left[label] = remaining - 1;
    if (random.float() * remaining >= need) continue;
    wanted[label] = need - 1;
    drawn.push(row);
  }
  return Int32Array.from(drawn);
}

/** For each row and each cluster the sum of Euclidean distances to the cluster's rows. */
function distanceSums(matrix: Matrix, labels: Int32Array, clusters: number): Float64Array {
  const { values, rows, columns } = matrix;
  const sums = new Float64Array(rows * clusters);
  for (let i = 0; i < rows; i += 1) {
    const ofI = i * clusters;
    const labelOfI = labels[i] ?? 0;
    for (let j = i + 1, at = j * columns; j < rows; j += 1) {
      let square = 0;
      for (let column = i * columns; column < (i + 1) * columns; column += 1, at += 1) {
        const difference = (values[column] ?? 0) - (values[at] ?? 0);
        square += difference * difference;
      }
      const distance = Math.sqrt(square);
      const iToJ = ofI + (labels[j] ?? 0);
      const jToI = j * clusters + labelOfI;
      sums[iToJ] = (sums[iToJ] ?? 0) + distance;
      sums[jToI] = (sums[jToI] ?? 0) + distance;
    }
  }
  return sums;
}

/** A row's (b - a) / max(a, b): a is its mean distance within its cluster, b to the nearest other one. */
function widthOf(sums: Float64Array, own: number, sizes: Int32Array): number {
  const size = sizes[own] ?? 0;
  if (size < 2) return 0;
  const a = (sums[own] ?? 0) / (size - 1);
  let b = Infinity;
  for (const [cluster, otherSize] of sizes.entries()) {
    if (cluster !== own) b = Math.min(b, (sums[cluster] ?? 0) / otherSize);
  }
  const larger = Math.max(a, b);
  return larger === 0 ? 0 : (b - a) / larger;
}

/**
 * The mean silhouette width (Rousseeuw 1987), of Euclidean distances between rows, never the simplified
 * one of distances to centres. Up to `maxRows` rows it is exact. Beyond, it is computed among about
 * `maxRows` rows, drawn by `seed` from each cluster in proportion but at least 20 of each (or all), and
 * each cluster counts by its true size. RangeError unless there are 2 .. n - 1 clusters.
 */
export function silhouette(
  matrix: Matrix,
  givenLabels: Int32Array,
  { maxRows = EXACT_SILHOUETTE_ROWS, seed = 0 }: { maxRows?: number; seed?: number } = {},
): Silhouette {
  const { labels, sizes } = compactLabels(matrix, givenLabels);
  checkScorable(sizes.length, matrix.rows);
  const exact = matrix.rows <= maxRows;
  const share = maxRows / matrix.rows;
  const quotas = sizes.map((size) =>
    exact ? size : Math.min(size, Math.max(FEWEST_ROWS_OF_A_CLUSTER, Math.round(size * share))),
  );
  const drawn = exact ? null : drawRows({ labels, sizes, quotas }, seed);
  const rows = drawn ? selectRows(matrix, drawn) : matrix;
  const rowLabels = drawn ? drawn.map((row) => labels[row] ?? 0) : labels;
  const sums = distanceSums(rows, rowLabels, sizes.length);
  let total = 0;
  for (const [row, label] of rowLabels.entries()) {
    const own = sums.subarray(row * sizes.length, (row + 1) * sizes.length);
    total += widthOf(own, label, quotas) * ((sizes[label] ?? 0) / (quotas[label] ?? 1));
  }
  return { value: total / matrix.rows, rows: rows.rows, exact };
}
