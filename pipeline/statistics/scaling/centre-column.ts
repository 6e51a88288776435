/** A column around its mean: `centred` sums to 0 and keeps its digits at any offset. */
export interface CentredColumn {
  readonly mean: number;
  readonly centred: Float64Array;
}

/** Differences to the smallest value are taken first, so that the mean's own rounding adds nothing. */
export function centreColumn(column: Float64Array): CentredColumn {
  let minimum = Infinity;
  for (const value of column) minimum = Math.min(minimum, value);
  let sum = 0;
  for (const value of column) sum += (value - minimum) / column.length;
  return { mean: minimum + sum, centred: column.map((value) => value - minimum - sum) };
}

/** The largest magnitude of a column; 0 of an empty one. */
export function largestOf(column: Float64Array): number {
  let largest = 0;
  for (const value of column) largest = Math.max(largest, Math.abs(value));
  return largest;
}

/** The sum of products of two columns of equal length. */
export function dotProduct(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let row = 0; row < a.length; row += 1) sum += (a[row] ?? 0) * (b[row] ?? 0);
  return sum;
}
