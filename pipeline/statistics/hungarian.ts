import { checkMatrix, createMatrix, type Matrix } from './matrix.ts';

export interface Matching {
  /** For each row its column, or -1 where there are more rows than columns and it got none. */
  readonly columnOfRow: Int32Array;
  readonly cost: number;
}

function transpose({ values, rows, columns }: Matrix): Matrix {
  const flipped = createMatrix(columns, rows);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      flipped.values[column * rows + row] = values[row * columns + column] ?? 0;
    }
  }
  return flipped;
}

interface State {
  readonly cost: Matrix;
  readonly rowPrice: Float64Array;
  readonly columnPrice: Float64Array;
  readonly ownerOf: Int32Array;
}

interface Path {
  readonly last: number;
  readonly previous: Int32Array;
  readonly reached: Float64Array;
  readonly settled: Uint8Array;
}

/** Dijkstra over reduced costs, from a row without a column to the nearest column without a row. */
function shortestPath({ cost, rowPrice, columnPrice, ownerOf }: State, start: number): Path {
  const reached = new Float64Array(cost.columns).fill(Infinity);
  const previous = new Int32Array(cost.columns).fill(-1);
  const settled = new Uint8Array(cost.columns);
  let row = start;
  let from = -1;
  let distance = 0;
  for (;;) {
    let next = -1;
    for (let column = 0; column < cost.columns; column += 1) {
      if (settled[column] === 1) continue;
      const price = (rowPrice[row] ?? 0) + (columnPrice[column] ?? 0);
      const length = distance + ((cost.values[row * cost.columns + column] ?? 0) - price);
      if (length < (reached[column] ?? 0)) {
        reached[column] = length;
        previous[column] = from;
      }
      if (next < 0 || (reached[column] ?? 0) < (reached[next] ?? 0)) next = column;
    }
    settled[next] = 1;
    distance = reached[next] ?? 0;
    from = next;
    row = ownerOf[next] ?? -1;
    if (row < 0) return { last: next, previous, reached, settled };
  }
}

function augment(state: State, start: number): void {
  const { rowPrice, columnPrice, ownerOf } = state;
  const { last, previous, reached, settled } = shortestPath(state, start);
  const length = reached[last] ?? 0;
  rowPrice[start] = (rowPrice[start] ?? 0) + length;
  for (let column = 0; column < ownerOf.length; column += 1) {
    const owner = ownerOf[column] ?? -1;
    if (settled[column] !== 1 || owner < 0) continue;
    const slack = length - (reached[column] ?? 0);
    rowPrice[owner] = (rowPrice[owner] ?? 0) + slack;
    columnPrice[column] = (columnPrice[column] ?? 0) - slack;
  }
  for (let column = last; column >= 0;) {
    const before = previous[column] ?? -1;
    ownerOf[column] = before < 0 ? start : (ownerOf[before] ?? -1);
    column = before;
  }
}

/** Shortest augmenting paths, one row after another: for rows <= columns. Gives each column's row. */
function solveWide(cost: Matrix): Int32Array {
  const state: State = {
    cost,
    rowPrice: new Float64Array(cost.rows),
    columnPrice: new Float64Array(cost.columns),
    ownerOf: new Int32Array(cost.columns).fill(-1),
  };
  for (let row = 0; row < cost.rows; row += 1) augment(state, row);
  return state.ownerOf;
}

/**
 * The assignment of rows to columns, each used once at most and min(rows, columns) pairs made, whose
 * costs sum to the least. O(n^3), after Crouse (2016), "On implementing 2D rectangular assignment
 * algorithms". RangeError for a cost that is not finite.
 */
export function hungarian(cost: Matrix): Matching {
  checkMatrix(cost);
  const columnOfRow = new Int32Array(cost.rows).fill(-1);
  if (cost.rows > cost.columns) {
    columnOfRow.set(solveWide(transpose(cost)));
  } else {
    for (const [column, row] of solveWide(cost).entries()) {
      if (row >= 0) columnOfRow[row] = column;
    }
  }
  let total = 0;
  for (const [row, column] of columnOfRow.entries()) {
    if (column >= 0) total += cost.values[row * cost.columns + column] ?? 0;
  }
  return { columnOfRow, cost: total };
}
