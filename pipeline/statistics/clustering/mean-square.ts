import type { Kernel, Points, Precision } from './kernel/kernel.ts';

/** Where less than this share of the variance is left within clusters, Float32 is too coarse. */
const FLOAT32_SHARE = 2 ** -14;

/** Where this share of all squares is left, the Float32 of a kernel's values has not blurred it. */
const MANY_DIGITS_SHARE = 2 ** -6;

/** Each row's squared distance to the centroid of its label, in a kernel's units, from differences. */
export function squaresToOwn(
  { origin, scale, matrix }: Points,
  labels: Int32Array,
  centroids: Float64Array,
): Float64Array {
  const { values, rows, columns } = matrix;
  const squares = new Float64Array(rows);
  for (let row = 0, at = 0; row < rows; row += 1) {
    let center = (labels[row] ?? 0) * columns;
    let sum = 0;
    for (let column = 0; column < columns; column += 1, at += 1, center += 1) {
      const value = ((values[at] ?? 0) - (origin[column] ?? 0)) * scale;
      const difference = value - (centroids[center] ?? 0);
      sum += difference * difference;
    }
    squares[row] = sum;
  }
  return squares;
}

/** The mean of these squares, by weight. */
export function meanSquare(points: Points, labels: Int32Array, centroids: Float64Array): number {
  const { weights } = points;
  const squares = squaresToOwn(points, labels, centroids);
  let sum = 0;
  let rows = 0;
  for (let row = 0; row < squares.length; row += 1) {
    const weight = weights === undefined ? 1 : (weights[row] ?? 0);
    sum += weight * (squares[row] ?? 0);
    rows += weight;
  }
  return sum / rows;
}

/**
 * The sum over clusters of |sum of rows|^2 / rows, which with the squares within the clusters adds up to a
 * constant; quick, but without digits where nearly all of that is explained.
 */
export function explainedSquares({ sums, counts, columns }: Kernel): number {
  let total = 0;
  for (let at = 0; at < sums.length; at += 1) {
    const count = counts[Math.floor(at / columns)] ?? 0;
    if (count > 0) total += (sums[at] ?? 0) ** 2 / count;
  }
  return total;
}

/**
 * The mean square of points without weights to the means of their clusters, from the kernel's sums: what of
 * all squares is not explained. Where so much is explained that digits are lost, from differences.
 */
export function squareWithin(
  kernel: Kernel,
  points: Points & { readonly variance: number },
  centroids: Float64Array,
): number {
  const { sums, rows, columns } = kernel;
  let shift = 0;
  for (let column = 0; column < columns; column += 1) {
    let sum = 0;
    for (let at = column; at < sums.length; at += columns) sum += sums[at] ?? 0;
    shift += (sum / rows) ** 2;
  }
  const all = columns * points.variance;
  const within = all + shift - explainedSquares(kernel) / rows;
  if (within > (all + shift) * MANY_DIGITS_SHARE) return within;
  return meanSquare(points, kernel.labels, centroids);
}

/** Whether a kernel sees points clearly enough for its clusters to be those of Float64. */
export function seesClearly(
  { precision, counts, columns }: Kernel,
  { square, variance }: { square: number; variance: number },
): boolean {
  if (precision === 'float64') return true;
  return !counts.includes(0) && square > variance * columns * FLOAT32_SHARE;
}

/** What to begin with: Float32, unless so few rows share a cluster that it would hardly see them clearly. */
export function firstPrecision({ matrix }: Points, k: number): Precision {
  return 2 * k > matrix.rows ? 'float64' : 'float32';
}
