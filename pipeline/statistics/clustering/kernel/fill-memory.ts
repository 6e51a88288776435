import type { Points } from './kernel.ts';
import type { KernelSizes, MemoryPlan } from './memory-plan.ts';
import type { KernelMemory } from './wasm-module.ts';

export type Floats = Float32Array | Float64Array;

/** So many numbers of a kernel's memory, from an address on. */
export function floatsAt(
  { buffer }: KernelMemory,
  { precision }: KernelSizes,
  { start, length }: { start: number; length: number },
): Floats {
  return precision === 'float32'
    ? new Float32Array(buffer, start, length)
    : new Float64Array(buffer, start, length);
}

/** Rows that are brought into blocks before they are written; whole blocks. */
const ROWS_AT_ONCE = 512;

/** Brings rows `from` to `to` into blocks, in the order of writing: a block's rows lie in few cache lines. */
function blocked(
  into: Float64Array,
  { matrix, origin, scale }: Points,
  { from, to, blockRows }: { from: number; to: number; blockRows: number },
): void {
  const { values, columns } = matrix;
  for (let start = from; start < to; start += blockRows) {
    const size = Math.min(blockRows, to - start);
    for (let column = 0; column < columns; column += 1) {
      const zero = origin[column] ?? 0;
      const place = (start - from) * columns + column * blockRows;
      let at = start * columns + column;
      for (let lane = 0; lane < size; lane += 1, at += columns) {
        into[place + lane] = ((values[at] ?? 0) - zero) * scale;
      }
    }
  }
}

/** Writes rows in blocks. By way of Float64: a loop that writes now one type and now another is slow in V8. */
export function loadPoints(into: Floats, points: Points, { blockRows }: MemoryPlan): void {
  const { rows, columns } = points.matrix;
  const some = new Float64Array(Math.min(rows + blockRows, ROWS_AT_ONCE) * columns);
  for (let from = 0; from < rows; from += ROWS_AT_ONCE) {
    const to = Math.min(rows, from + ROWS_AT_ONCE);
    // What fills up the last block is zeros.
    if (to - from < ROWS_AT_ONCE) some.fill(0);
    blocked(some, points, { from, to, blockRows });
    const used = Math.ceil((to - from) / blockRows) * blockRows * columns;
    into.set(some.subarray(0, used), from * columns);
  }
}

/** Writes centroids as the assembly takes them: in pairs, in Float32 as -2 c and |c|^2. */
export function writeCenters(
  { centers, norms }: { centers: Floats; norms: Floats },
  centroids: Float64Array,
  { columns, k, precision }: KernelSizes,
): void {
  const single = precision === 'float32';
  for (let c = 0; c < norms.length; c += 1) {
    let square = 0;
    for (let column = 0; column < columns; column += 1) {
      const value = centroids[c * columns + column] ?? 0;
      const place = ((c >> 1) * columns + column) * 2 + (c & 1);
      square += value * value;
      if (c < k) centers[place] = single ? -2 * value : value;
      else centers[place] = single ? 0 : Infinity;
    }
    norms[c] = c < k ? square : Infinity;
  }
}
