import type { Matrix } from '../matrix.ts';
import { canonicalOrder } from './canonical-order.ts';

const OFFSETS = [0x811c9dc5, 0xcbf29ce4];
const PRIME = 0x01000193;

/**
 * 64 bits, as 16 hexadecimal digits, of a matrix' rows whatever their order: FNV-1a (Fowler, Noll, Vo) of
 * the values' bits in canonical order, twice from different offsets. It tells data apart; it is no signature.
 */
export function fingerprint(matrix: Matrix): string {
  const { values, columns } = matrix;
  const [first = 0, second = 0] = OFFSETS;
  let low = first ^ columns;
  let high = second ^ matrix.rows;
  const value = new Float64Array(1);
  const words = new Uint32Array(value.buffer);
  for (const row of canonicalOrder(matrix)) {
    for (let at = row * columns; at < (row + 1) * columns; at += 1) {
      value[0] = (values[at] ?? 0) + 0;
      low = Math.imul(low ^ (words[0] ?? 0), PRIME);
      low = Math.imul(low ^ (words[1] ?? 0) ^ (low >>> 15), PRIME);
      high = Math.imul(high ^ (words[1] ?? 0), PRIME);
      high = Math.imul(high ^ (words[0] ?? 0) ^ (high >>> 13), PRIME);
    }
  }
  return [high, low].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}
