import type { Matrix } from '../matrix.ts';

const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;

/** 32 bits for each row, mixed as MurmurHash3 does (Appleby 2011), of the bits of its values; -0 counts as 0. */
function hashRows({ values, rows, columns }: Matrix): Uint32Array {
  const hashes = new Uint32Array(rows);
  const value = new Float64Array(1);
  const words = new Uint32Array(value.buffer);
  for (let row = 0, at = 0; row < rows; row += 1) {
    let hash = 0;
    for (let column = 0; column < columns; column += 1, at += 1) {
      value[0] = (values[at] ?? 0) + 0;
      for (let half = 0; half < 2; half += 1) {
        let word = Math.imul(words[half] ?? 0, 0xcc9e2d51);
        word = (word << 15) | (word >>> 17);
        hash ^= Math.imul(word, 0x1b873593);
        hash = (hash << 13) | (hash >>> 19);
        hash = (Math.imul(hash, 5) + 0xe6546b64) | 0;
      }
    }
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    hashes[row] = (hash ^ (hash >>> 16)) >>> 0;
  }
  return hashes;
}

/** Row numbers by rising key: radix sort from the lowest digit, which keeps the order of equal keys. */
function orderByKey(keys: Uint32Array): Int32Array {
  let order = new Int32Array(keys.length);
  for (let row = 0; row < order.length; row += 1) order[row] = row;
  let next = new Int32Array(keys.length);
  for (let shift = 0; shift < 32; shift += DIGIT_BITS) {
    const starts = new Int32Array(DIGITS + 1);
    for (let row = 0; row < keys.length; row += 1) {
      const digit = ((keys[row] ?? 0) >>> shift) & (DIGITS - 1);
      starts[digit + 1] = (starts[digit + 1] ?? 0) + 1;
    }
    for (let digit = 0; digit < DIGITS; digit += 1) {
      starts[digit + 1] = (starts[digit + 1] ?? 0) + (starts[digit] ?? 0);
    }
    for (let at = 0; at < order.length; at += 1) {
      const row = order[at] ?? 0;
      const digit = ((keys[row] ?? 0) >>> shift) & (DIGITS - 1);
      const target = starts[digit] ?? 0;
      next[target] = row;
      starts[digit] = target + 1;
    }
    [order, next] = [next, order];
  }
  return order;
}

/** Below 0, 0 or above 0, as the first column in which two rows differ has it. */
export function compareRows({ values, columns }: Matrix, a: number, b: number): number {
  for (let column = 0; column < columns; column += 1) {
    const difference = (values[a * columns + column] ?? 0) - (values[b * columns + column] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Different rows may share a hash: these few are put in the order of their values. */
function orderRun(matrix: Matrix, run: Int32Array): void {
  const first = run[0] ?? 0;
  if (run.every((row) => compareRows(matrix, first, row) === 0)) return;
  run.sort((a, b) => compareRows(matrix, a, b));
}

/**
 * The row numbers in an order that hangs on the rows' values alone, so that what is computed along it is
 * the same to the last bit however the rows were shuffled. Equal rows are neighbours; otherwise the order
 * looks random. Takes finite values.
 */
export function canonicalOrder(matrix: Matrix): Int32Array {
  const hashes = hashRows(matrix);
  const order = orderByKey(hashes);
  for (let start = 0; start < order.length;) {
    const hash = hashes[order[start] ?? 0];
    let end = start + 1;
    while (end < order.length && hashes[order[end] ?? 0] === hash) end += 1;
    if (end - start > 1) orderRun(matrix, order.subarray(start, end));
    start = end;
  }
  return order;
}
