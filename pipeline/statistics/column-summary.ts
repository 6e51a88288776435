import { meanOf, sumOf } from './orderless-sum.ts';

/** What scaling needs to know of a column. */
export interface ColumnSummary {
  readonly minimum: number;
  readonly maximum: number;
  readonly mean: number;
  /** Population standard deviation (ddof 0). */
  readonly deviation: number;
}

const ROUNDING = 4 * Number.EPSILON;

/** Whether two numbers differ by no more than rounding does: some units in the last place. */
export function withinRounding(low: number, high: number): boolean {
  return Math.abs(high - low) <= ROUNDING * Math.max(Math.abs(low), Math.abs(high));
}

/**
 * Mean and deviation of a column of finite numbers, right at any offset and the same to the last bit for
 * any order of values: sums run over differences to the smallest value, and the variance is the
 * corrected two-pass one (Chan, Golub, LeVeque 1983).
 */
export function summariseColumn(column: Float64Array): ColumnSummary {
  let minimum = Infinity;
  let maximum = -Infinity;
  for (const value of column) {
    if (value < minimum) minimum = value;
    if (value > maximum) maximum = value;
  }
  const terms = new Float64Array(column.length);
  for (let row = 0; row < terms.length; row += 1) terms[row] = (column[row] ?? 0) - minimum;
  const shift = meanOf(terms);
  for (let row = 0; row < terms.length; row += 1) terms[row] = (terms[row] ?? 0) - shift;
  const remainder = sumOf(terms);
  for (let row = 0; row < terms.length; row += 1) terms[row] = (terms[row] ?? 0) ** 2;
  const variance = (sumOf(terms) - (remainder * remainder) / terms.length) / terms.length;
  return {
    // 0 and -0 are equal, and either may come first: + 0 makes -0 to 0.
    minimum: minimum + 0,
    maximum: maximum + 0,
    mean: minimum + shift,
    deviation: Math.sqrt(Math.max(0, variance)),
  };
}

/**
 * The quantile at `q` in [0, 1] of values sorted in rising order, interpolated linearly between the
 * neighbours of position (n - 1) q: definition 7 of Hyndman and Fan (1996), numpy's default.
 */
export function quantileOfSorted(sorted: Float64Array, q: number): number {
  const position = (sorted.length - 1) * q;
  const below = Math.floor(position);
  const low = sorted[below] ?? Number.NaN;
  const high = sorted[Math.ceil(position)] ?? Number.NaN;
  return low + (high - low) * (position - below);
}
