import { quantileOfSorted } from '../column-summary.ts';

/** Shares of a column, such as 0.01 and 0.99: values outside these quantiles are set to them. */
export interface Quantiles {
  readonly lower: number;
  readonly upper: number;
}

export interface Bounds {
  readonly low: number;
  readonly high: number;
}

/**
 * The quantiles (definition 7) of a column of finite numbers, beyond which its values are clipped.
 * RangeError unless 0 <= lower < upper <= 1, and where the quantiles lie too far apart to interpolate.
 */
export function winsoriseBounds(column: Float64Array, { lower, upper }: Quantiles): Bounds {
  if (!(lower >= 0 && lower < upper && upper <= 1)) {
    throw new RangeError(
      `Winsorising needs 0 <= lower < upper <= 1, not lower ${lower} and upper ${upper}.`,
    );
  }
  const sorted = column.toSorted();
  const bounds = { low: quantileOfSorted(sorted, lower), high: quantileOfSorted(sorted, upper) };
  if (Number.isFinite(bounds.low) && Number.isFinite(bounds.high)) return bounds;
  throw new RangeError('Winsorising found no finite quantiles.');
}

export function clip(value: number, { low, high }: Bounds): number {
  return value < low ? low : value > high ? high : value;
}

/** How many values clipping moves. */
export function countOutside(column: Float64Array, { low, high }: Bounds): number {
  let count = 0;
  for (const value of column) if (value < low || value > high) count += 1;
  return count;
}
