/** Row-major: the value of row i and column j is at `values[i * columns + j]`. */
export interface Matrix {
  readonly values: Float64Array;
  readonly rows: number;
  readonly columns: number;
}

/** A matrix of zeros. */
export function createMatrix(rows: number, columns: number): Matrix {
  return { values: new Float64Array(rows * columns), rows, columns };
}

/** Copies rows of equal length. RangeError if their lengths differ. */
export function matrixFromRows(rows: readonly ArrayLike<number>[]): Matrix {
  const columns = rows[0]?.length ?? 0;
  const matrix = createMatrix(rows.length, columns);
  for (const [index, row] of rows.entries()) {
    if (row.length !== columns) {
      throw new RangeError(`Row ${index} has ${row.length} values, but row 0 has ${columns}.`);
    }
    matrix.values.set(row, index * columns);
  }
  return matrix;
}

/** Interleaves columns of equal length. RangeError if their lengths differ. */
export function matrixFromColumns(columns: readonly Float64Array[]): Matrix {
  const rows = columns[0]?.length ?? 0;
  const matrix = createMatrix(rows, columns.length);
  for (const [index, column] of columns.entries()) {
    if (column.length !== rows) {
      throw new RangeError(
        `Column ${index} has ${column.length} values, but column 0 has ${rows}.`,
      );
    }
    for (let row = 0; row < rows; row += 1) {
      matrix.values[row * columns.length + index] = column[row] ?? 0;
    }
  }
  return matrix;
}

/** A copy of one row. */
export function rowOf({ values, columns }: Matrix, row: number): number[] {
  const copy: number[] = [];
  for (let at = row * columns; at < (row + 1) * columns; at += 1) copy.push(values[at] ?? 0);
  return copy;
}

/** A copy of one column. */
export function columnOf({ values, rows, columns }: Matrix, column: number): Float64Array {
  const copy = new Float64Array(rows);
  for (let row = 0; row < rows; row += 1) copy[row] = values[row * columns + column] ?? 0;
  return copy;
}

/** A copy of some rows, in the order given; `into` is room for their values. */
export function selectRows(
  { values, columns }: Matrix,
  indexes: Int32Array,
  into: Float64Array = new Float64Array(indexes.length * columns),
): Matrix {
  for (let target = 0, to = 0; target < indexes.length; target += 1) {
    let from = (indexes[target] ?? 0) * columns;
    for (const end = to + columns; to < end; to += 1, from += 1) into[to] = values[from] ?? 0;
  }
  return { values: into, rows: indexes.length, columns };
}

/** RangeError unless the matrix has a row and a column, the right number of values, and only finite ones. */
export function checkMatrix({ values, rows, columns }: Matrix): void {
  if (rows < 1 || columns < 1) {
    throw new RangeError(`A matrix needs a row and a column, but this has ${rows} x ${columns}.`);
  }
  if (values.length !== rows * columns) {
    throw new RangeError(
      `A matrix of ${rows} x ${columns} needs ${rows * columns} values, not ${values.length}.`,
    );
  }
  let bad = 0;
  while (bad < values.length && Number.isFinite(values[bad])) bad += 1;
  if (bad === values.length) return;
  throw new RangeError(
    `Row ${Math.floor(bad / columns)}, column ${bad % columns} is ${values[bad]}, not a finite number.`,
  );
}
