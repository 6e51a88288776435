import { checkMatrix, type Matrix, selectRows } from '../matrix.ts';
import { canonicalOrder, compareRows } from './canonical-order.ts';
import type { Points } from './kernel/kernel.ts';

/** A matrix made ready for K-Means. Plain data: it can be sent to a worker. */
export interface PreparedKMeans extends Points {
  /** The rows given, in an order that hangs on their values alone: equal ones are neighbours. */
  readonly matrix: Matrix;
  /** Where each of these rows was among those given. */
  readonly order: Int32Array;
  /** The mean of the columns' population variances, in a kernel's units: near 1, or 0 where all rows are equal. */
  readonly variance: number;
}

/** Fewer rows differ than there are to be clusters. */
export class TooFewDistinctRowsError extends RangeError {
  override readonly name = 'TooFewDistinctRowsError';
  readonly k: number;
  readonly distinct: number;

  constructor(k: number, distinct: number) {
    super(`${k} clusters need ${k} different rows, but there are ${distinct}.`);
    this.k = k;
    this.distinct = distinct;
  }
}

const MEDIAN_ROWS = 1001;
/** Of a scale: neither it nor what divides by it overflows. */
const LARGEST_EXPONENT = 1000;

/** The median of each column over some rows spread evenly: unlike the mean, not moved by one huge value. */
function medians({ values, rows, columns }: Matrix): Float64Array {
  const size = Math.min(rows, MEDIAN_ROWS);
  const some = new Float64Array(size);
  return Float64Array.from({ length: columns }, (_, column) => {
    for (let at = 0; at < size; at += 1) {
      some[at] = values[Math.floor((at * rows) / size) * columns + column] ?? 0;
    }
    return some.sort()[size >> 1] ?? 0;
  });
}

/** A power of two that brings the farthest value's distance from the origin of its column near 1. */
function rangeScale({ values, columns }: Matrix, origin: Float64Array): number {
  let farthest = 0;
  for (let at = 0; at < values.length;) {
    for (let column = 0; column < columns; column += 1, at += 1) {
      farthest = Math.max(farthest, Math.abs((values[at] ?? 0) - (origin[column] ?? 0)));
    }
  }
  if (farthest === 0) return 1;
  return (
    2 ** -Math.min(LARGEST_EXPONENT, Math.max(-LARGEST_EXPONENT, Math.round(Math.log2(farthest))))
  );
}

/** Population variances around shifted means, averaged: the corrected two-pass formula (Chan et al. 1983). */
function meanVariance({ matrix, origin, scale }: Points): number {
  const { values, rows, columns } = matrix;
  const shifts = new Float64Array(columns);
  for (let row = 0, at = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1, at += 1) {
      const difference = ((values[at] ?? 0) - (origin[column] ?? 0)) * scale;
      shifts[column] = (shifts[column] ?? 0) + difference;
    }
  }
  for (let column = 0; column < columns; column += 1) {
    shifts[column] = (shifts[column] ?? 0) / rows;
  }
  let squares = 0;
  for (let row = 0, at = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1, at += 1) {
      const value = ((values[at] ?? 0) - (origin[column] ?? 0)) * scale;
      squares += (value - (shifts[column] ?? 0)) ** 2;
    }
  }
  return squares / rows / columns;
}

/** How many rows of a matrix in canonical order differ, counted no further than `enough`. */
export function countDistinct(matrix: Matrix, enough: number): number {
  let distinct = 1;
  for (let row = 1; row < matrix.rows && distinct < enough; row += 1) {
    if (compareRows(matrix, row - 1, row) !== 0) distinct += 1;
  }
  return distinct;
}

/**
 * Brings rows into canonical order, and finds what they are measured from and by. `allocate` gives room
 * for so many numbers, which may be shared memory. RangeError for a value that is not finite, and where
 * squares of distances overflow.
 */
export function prepareKMeans(
  given: Matrix,
  allocate: (length: number) => Float64Array = (length) => new Float64Array(length),
): PreparedKMeans {
  checkMatrix(given);
  const order = canonicalOrder(given);
  const matrix = selectRows(given, order, allocate(given.values.length));
  const origin = medians(matrix);
  // By their range first: squares of tiny values would underflow.
  const scale = rangeScale(matrix, origin);
  const variance = meanVariance({ matrix, origin, scale });
  // No two rows are farther apart than twice the root of the sum of all squares around the mean.
  if (!Number.isFinite((4 * variance * matrix.values.length) / scale / scale)) {
    throw new RangeError('The values are too far apart: the squares of their distances overflow.');
  }
  const exponent = variance > 0 ? -Math.round(Math.log2(variance) / 2) : 0;
  const finer = 2 ** Math.min(exponent, LARGEST_EXPONENT - Math.log2(scale));
  return { matrix, order, origin, scale: scale * finer, variance: variance * finer * finer };
}
