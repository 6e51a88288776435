import type { Matrix } from '../matrix.ts';

export interface Assignment {
  /** For each row the index of its nearest centroid; of equally near ones the lowest. */
  readonly labels: Int32Array;
  /** For each row the squared Euclidean distance to that centroid. */
  readonly squaredDistances: Float64Array;
}

/** Squared Euclidean distance of a row of one matrix to a row of another, from differences. */
export function squaredDistance(
  a: Matrix,
  row: number,
  to: { matrix: Matrix; row: number },
): number {
  const { columns } = a;
  let sum = 0;
  for (let column = 0; column < columns; column += 1) {
    const difference =
      (a.values[row * columns + column] ?? 0) - (to.matrix.values[to.row * columns + column] ?? 0);
    sum += difference * difference;
  }
  return sum;
}

/** Squares below this have lost digits, or all, to the lower end of Float64. */
export const TINY_SQUARE = 2 ** -900;
const MAGNIFIED = 2 ** 600;

/** The nearest centroid to a row that is so near that squares underflow: they are compared magnified. */
export function nearestOfTiny(matrix: Matrix, row: number, centroids: Matrix): number {
  const { columns } = matrix;
  let nearest = 0;
  let shortest = Infinity;
  for (let centroid = 0; centroid < centroids.rows; centroid += 1) {
    let sum = 0;
    for (let column = 0; column < columns; column += 1) {
      const value = matrix.values[row * columns + column] ?? 0;
      const difference = value - (centroids.values[centroid * columns + column] ?? 0);
      sum += (difference * MAGNIFIED) ** 2;
    }
    if (sum >= shortest) continue;
    shortest = sum;
    nearest = centroid;
  }
  return nearest;
}

/** The nearest centroid of every row. RangeError without a centroid, or where the columns differ. */
export function assignNearest(matrix: Matrix, centroids: Matrix): Assignment {
  const { values, rows, columns } = matrix;
  if (centroids.rows < 1 || centroids.columns !== columns) {
    throw new RangeError(
      `Rows of ${columns} columns cannot be assigned to ${centroids.rows} centroids of ${centroids.columns}.`,
    );
  }
  const centers = centroids.values;
  const labels = new Int32Array(rows);
  const squaredDistances = new Float64Array(rows);
  for (let row = 0, start = 0; row < rows; row += 1, start += columns) {
    let nearest = 0;
    let shortest = Infinity;
    for (let centroid = 0, at = 0; centroid < centroids.rows; centroid += 1) {
      let sum = 0;
      for (let column = 0; column < columns; column += 1, at += 1) {
        const difference = (values[start + column] ?? 0) - (centers[at] ?? 0);
        sum += difference * difference;
      }
      if (sum < shortest) {
        shortest = sum;
        nearest = centroid;
      }
    }
    labels[row] = shortest < TINY_SQUARE ? nearestOfTiny(matrix, row, centroids) : nearest;
    squaredDistances[row] = shortest;
  }
  return { labels, squaredDistances };
}
