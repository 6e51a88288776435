import { checkMatrix, createMatrix, type Matrix } from '../matrix.ts';
import { largestOf } from './centre-column.ts';

/** Falling eigenvalues; row i of `vectors` is the unit vector of value i, its largest entry positive. */
export interface Eigen {
  readonly values: Float64Array;
  readonly vectors: Matrix;
}

const MOST_SWEEPS = 60;

interface Rotation {
  readonly cosine: number;
  readonly sine: number;
}

/** The rotation that makes the entry between two rows 0: Golub and Van Loan, algorithm 8.5.1. */
function rotationFor(first: number, second: number, between: number): Rotation {
  const ratio = (second - first) / (2 * between);
  const tangent = (ratio < 0 ? -1 : 1) / (Math.abs(ratio) + Math.hypot(1, ratio));
  const cosine = 1 / Math.hypot(1, tangent);
  return { cosine, sine: tangent * cosine };
}

/** Turns two vectors that lie in one array, their entries `stride` apart. */
function rotate(
  values: Float64Array,
  from: { readonly p: number; readonly q: number; readonly stride: number; readonly size: number },
  { cosine, sine }: Rotation,
): void {
  let { p, q } = from;
  for (let count = 0; count < from.size; count += 1, p += from.stride, q += from.stride) {
    const a = values[p] ?? 0;
    const b = values[q] ?? 0;
    values[p] = cosine * a - sine * b;
    values[q] = sine * a + cosine * b;
  }
}

/** Rotates every pair once; whether any entry off the diagonal was still worth it. */
function sweep(values: Float64Array, vectors: Float64Array, size: number): boolean {
  let rotated = false;
  for (let p = 0; p < size - 1; p += 1) {
    for (let q = p + 1; q < size; q += 1) {
      const between = values[p * size + q] ?? 0;
      const first = values[p * size + p] ?? 0;
      const second = values[q * size + q] ?? 0;
      // Relative to both, so that columns of tiny variance keep their digits beside huge ones.
      const negligible = 2 ** -56 * Math.sqrt(Math.abs(first)) * Math.sqrt(Math.abs(second));
      if (Math.abs(between) <= Math.max(negligible, 1e-300)) continue;
      rotated = true;
      const rotation = rotationFor(first, second, between);
      rotate(values, { p: p * size, q: q * size, stride: 1, size }, rotation);
      rotate(values, { p, q, stride: size, size }, rotation);
      values[p * size + q] = 0;
      values[q * size + p] = 0;
      rotate(vectors, { p: p * size, q: q * size, stride: 1, size }, rotation);
    }
  }
  return rotated;
}

/** Which entry of a row is largest by magnitude, the first of equals: its sign fixes the row's. */
function signOfLargest(row: Float64Array): number {
  let largest = 0;
  for (const value of row) if (Math.abs(value) > Math.abs(largest)) largest = value;
  return largest < 0 ? -1 : 1;
}

function checkSymmetric({ values, rows, columns }: Matrix, largest: number): void {
  if (rows !== columns) throw new RangeError(`A matrix of ${rows} x ${columns} is not symmetric.`);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < row; column += 1) {
      const difference = (values[row * rows + column] ?? 0) - (values[column * rows + row] ?? 0);
      if (Math.abs(difference) <= 1e-12 * largest) continue;
      throw new RangeError(`Entries ${row}, ${column} and ${column}, ${row} are not the same.`);
    }
  }
}

/**
 * Eigenvalues and vectors of a symmetric matrix by cyclic Jacobi rotations (Golub and Van Loan, Matrix
 * Computations, 8.5), for matrices of some dozens of columns. RangeError if it is not symmetric.
 */
export function symmetricEigen(matrix: Matrix): Eigen {
  checkMatrix(matrix);
  const size = matrix.rows;
  const largest = largestOf(matrix.values);
  checkSymmetric(matrix, largest);
  const unit = largest === 0 ? 1 : largest;
  const rotated = matrix.values.map((value) => value / unit);
  const found = createMatrix(size, size).values;
  for (let at = 0; at < found.length; at += size + 1) found[at] = 1;
  for (let count = 0; count < MOST_SWEEPS; count += 1) if (!sweep(rotated, found, size)) break;
  const diagonal = Float64Array.from({ length: size }, (_, at) => rotated[at * size + at] ?? 0);
  const order = [...diagonal.keys()].sort((a, b) => (diagonal[b] ?? 0) - (diagonal[a] ?? 0));
  const vectors = createMatrix(size, size);
  for (const [target, source] of order.entries()) {
    const row = found.subarray(source * size, (source + 1) * size);
    const sign = signOfLargest(row);
    vectors.values.set(
      row.map((value) => value * sign),
      target * size,
    );
  }
  return { values: Float64Array.from(order, (at) => (diagonal[at] ?? 0) * unit), vectors };
}
