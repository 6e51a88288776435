import { checkMatrix, createMatrix, type Matrix } from '../matrix.ts';
import { createRandom } from '../random.ts';

/** How far the rows reach along each axis of a box around them, and how many there are. */
export interface ReferenceBox {
  readonly extents: Float64Array;
  readonly rows: number;
}

/** Halfway between the least and the greatest value of each column: the same whatever the order of rows. */
function middleOf({ values, columns }: Matrix): Float64Array {
  const least = values.slice(0, columns);
  const greatest = values.slice(0, columns);
  for (let at = 0; at < values.length; at += 1) {
    const column = at % columns;
    least[column] = Math.min(least[column] ?? 0, values[at] ?? 0);
    greatest[column] = Math.max(greatest[column] ?? 0, values[at] ?? 0);
  }
  return least.map((value, column) => value / 2 + (greatest[column] ?? 0) / 2);
}

function extentAlong(matrix: Matrix, axis: Float64Array, middle: Float64Array): number {
  const { values, rows, columns } = matrix;
  let least = Infinity;
  let greatest = -Infinity;
  for (let row = 0, at = 0; row < rows; row += 1) {
    let place = 0;
    for (let column = 0; column < columns; column += 1, at += 1) {
      place += ((values[at] ?? 0) - (middle[column] ?? 0)) * (axis[column] ?? 0);
    }
    least = Math.min(least, place);
    greatest = Math.max(greatest, place);
  }
  return greatest - least;
}

function identity(columns: number): Matrix {
  const axes = createMatrix(columns, columns);
  for (let column = 0; column < columns; column += 1) axes.values[column * (columns + 1)] = 1;
  return axes;
}

/**
 * The box around the rows of a matrix, its edges along `axes`: one unit vector a row, as many as columns,
 * perpendicular (those of the principal components are the reference (b) of Tibshirani, Walther and
 * Hastie 2001); without them along the columns, their reference (a). RangeError for axes of another shape.
 */
export function referenceBox(
  matrix: Matrix,
  axes: Matrix = identity(matrix.columns),
): ReferenceBox {
  checkMatrix(matrix);
  const { columns } = matrix;
  if (axes.rows !== columns || axes.columns !== columns) {
    throw new RangeError(
      `Rows of ${columns} columns lie in a box of ${columns} axes, not of ${axes.rows} x ${axes.columns} values.`,
    );
  }
  const middle = middleOf(matrix);
  const extents = new Float64Array(columns);
  for (let axis = 0; axis < columns; axis += 1) {
    const direction = axes.values.subarray(axis * columns, (axis + 1) * columns);
    extents[axis] = extentAlong(matrix, direction, middle);
  }
  return { extents, rows: matrix.rows };
}

/**
 * As many rows as the data has, uniform in its box. They stand in the box's own axes and from its
 * corner: the distances between them, and so an inertia, are as if they were turned and moved back.
 */
export function drawReference({ extents, rows }: ReferenceBox, seed: number): Matrix {
  const random = createRandom(seed);
  const reference = createMatrix(rows, extents.length);
  for (let at = 0; at < reference.values.length; at += 1) {
    reference.values[at] = random.float() * (extents[at % extents.length] ?? 0);
  }
  return reference;
}
