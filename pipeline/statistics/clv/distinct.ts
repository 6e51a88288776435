/** A column as codes into its values. */
export interface Distinct {
  /** Each value once, rising. */
  readonly values: Float64Array;
  /** For each row the place of its value among `values`. */
  readonly codes: Int32Array;
}

/** Whole numbers up to so many times the rows (and at least so many) are looked up in a table. */
const TABLE_ENTRIES_PER_ROW = 16;
const SMALLEST_TABLE = 2 ** 16;

/** The highest value if all are whole numbers from 0 up to a limit, else null. */
function highestWhole(column: Float64Array, limit: number): number | null {
  let highest = 0;
  for (let row = 0; row < column.length; row += 1) {
    const value = column[row] ?? 0;
    if (!(value >= 0 && value <= limit) || value !== Math.trunc(value)) return null;
    if (value > highest) highest = value;
  }
  return highest;
}

/** For whole numbers: which occur is noted in a table, which then holds their places. */
function distinctByTable(column: Float64Array, highest: number): Distinct {
  const table = new Int32Array(highest + 1);
  for (let row = 0; row < column.length; row += 1) table[column[row] ?? 0] = 1;
  let size = 0;
  for (let value = 0; value <= highest; value += 1) size += table[value] ?? 0;
  const values = new Float64Array(size);
  let place = 0;
  for (let value = 0; value <= highest; value += 1) {
    if (table[value] === 0) continue;
    values[place] = value;
    table[value] = place;
    place += 1;
  }
  const codes = new Int32Array(column.length);
  for (let row = 0; row < column.length; row += 1) codes[row] = table[column[row] ?? 0] ?? 0;
  return { values, codes };
}

function placeOf(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function distinctBySorting(column: Float64Array): Distinct {
  const sorted = column.toSorted();
  let size = 0;
  for (let at = 0; at < sorted.length; at += 1) {
    const value = sorted[at] ?? 0;
    if (size > 0 && value === sorted[size - 1]) continue;
    sorted[size] = value;
    size += 1;
  }
  const values = sorted.slice(0, size);
  const codes = new Int32Array(column.length);
  for (let row = 0; row < column.length; row += 1) codes[row] = placeOf(values, column[row] ?? 0);
  return { values, codes };
}

/** The distinct values of a column without NaN: in linear time if they are small whole numbers. */
export function distinctValues(column: Float64Array): Distinct {
  const limit = Math.max(SMALLEST_TABLE, TABLE_ENTRIES_PER_ROW * column.length);
  const highest = highestWhole(column, Math.min(limit, 2 ** 30));
  return highest === null ? distinctBySorting(column) : distinctByTable(column, highest);
}
