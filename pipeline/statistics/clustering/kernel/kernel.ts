import { createMatrix, type Matrix } from '../../matrix.ts';

/** Rows as a kernel takes them in: `(value - origin of its column) * scale`. */
export interface Points {
  readonly matrix: Matrix;
  /** One number a column: near the rows, so that sums and squares keep their digits at any offset. */
  readonly origin: Float64Array;
  /** A power of two that brings the spread near 1, so that Float32 neither overflows nor underflows. */
  readonly scale: number;
  /** How many rows each row stands for, in whole 1024ths, which sums keep exactly; one each where absent. */
  readonly weights?: Float64Array;
}

export type Precision = 'float32' | 'float64';

/** Three arrays of squared distances, one number a row, for k-means++ to choose by. */
export interface DistanceSlots {
  readonly slots: readonly (Float32Array | Float64Array)[];
  readonly weights: Float32Array | Float64Array;
  /** Sets slot `to` to the lower of slot `from` and the rows' squared distances to a row; gives the sum by weight. */
  readonly lower: (row: number, from: number, to: number) => number;
}

/** What Lloyd's iterations and k-means++ ask of a set of points, for one k. */
export interface Kernel {
  readonly precision: Precision;
  readonly k: number;
  readonly columns: number;
  readonly rows: number;
  /** Of the last `assign`; -1 before. */
  readonly labels: Int32Array;
  /** Of the last `assign`: the sum and the number of each cluster's rows, by weight. */
  readonly sums: Float64Array;
  readonly counts: Float64Array;
  /** Labels every row with its nearest centroid, of equals the lowest; gives how many labels changed. */
  assign(centroids: Float64Array): number;
  /** Forgets the labels. */
  reset(): void;
  readRow(row: number, into: Float64Array): void;
  /** All distances are infinite at first, and again after another call. */
  distances(): DistanceSlots;
}

/** The points as Float64, row-major. */
export function scaledValues({ matrix, origin, scale }: Points): Float64Array {
  const { values, rows, columns } = matrix;
  const scaled = new Float64Array(values.length);
  for (let row = 0, at = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1, at += 1) {
      scaled[at] = ((values[at] ?? 0) - (origin[column] ?? 0)) * scale;
    }
  }
  return scaled;
}

/** Centroids in the units of the matrix. */
export function givenUnits({ matrix, origin, scale }: Points, centroids: Float64Array): Matrix {
  const { columns } = matrix;
  const given = createMatrix(centroids.length / columns, columns);
  for (let at = 0; at < centroids.length; at += 1) {
    given.values[at] = (centroids[at] ?? 0) / scale + (origin[at % columns] ?? 0);
  }
  return given;
}

/** A row of the matrix as a kernel has it. */
export function kernelUnits({ matrix, origin, scale }: Points, row: number): Float64Array {
  const { values, columns } = matrix;
  return origin.map((from, column) => ((values[row * columns + column] ?? 0) - from) * scale);
}
