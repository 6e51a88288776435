import { meanOf, sumOf } from '../orderless-sum.ts';

/** A column around its mean: `centred` sums to 0 and keeps its digits at any offset. */
export interface CentredColumn {
  readonly mean: number;
  readonly centred: Float64Array;
}

/**
 * Differences to the smallest value are taken first, so that the mean's own rounding adds nothing; the
 * order of values does not change a bit of it.
 */
export function centreColumn(column: Float64Array): CentredColumn {
  let minimum = Infinity;
  for (const value of column) minimum = Math.min(minimum, value);
  const centred = new Float64Array(column.length);
  for (let row = 0; row < column.length; row += 1) centred[row] = (column[row] ?? 0) - minimum;
  const shift = meanOf(centred);
  for (let row = 0; row < column.length; row += 1) centred[row] = (centred[row] ?? 0) - shift;
  return { mean: minimum + shift, centred };
}

/** The largest magnitude of a column; 0 of an empty one. */
export function largestOf(column: Float64Array): number {
  let largest = 0;
  for (const value of column) largest = Math.max(largest, Math.abs(value));
  return largest;
}

/** The sum of products of two columns of equal length, the same to the last bit in any order of rows. */
export function dotProduct(a: Float64Array, b: Float64Array): number {
  const products = new Float64Array(a.length);
  for (let row = 0; row < a.length; row += 1) products[row] = (a[row] ?? 0) * (b[row] ?? 0);
  return sumOf(products);
}
