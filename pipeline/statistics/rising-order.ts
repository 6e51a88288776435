const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;
const SHIFTS = [0, 11, 22];

/** Two words a value, whose unsigned order is that of the values; -0 counts as 0. */
function sortableWords(values: Float64Array): { low: Uint32Array; high: Uint32Array } {
  const low = new Uint32Array(values.length);
  const high = new Uint32Array(values.length);
  const value = new Float64Array(1);
  const words = new Uint32Array(value.buffer);
  for (let at = 0; at < values.length; at += 1) {
    value[0] = (values[at] ?? 0) + 0;
    const top = words[1] ?? 0;
    // Sizes of negative numbers rise as the numbers fall: all their bits are turned, of others the sign.
    const flip = top >>> 31 === 1 ? -1 : 0;
    low[at] = (words[0] ?? 0) ^ flip;
    high[at] = top ^ (flip | 0x80000000);
  }
  return { low, high };
}

/** One pass of the sort: `order` by a digit of the keys, written to `next`; false if all have the same. */
function sortByDigit(
  keys: Uint32Array,
  shift: number,
  { order, next }: { readonly order: Int32Array; readonly next: Int32Array },
): boolean {
  const starts = new Int32Array(DIGITS + 1);
  for (let at = 0; at < keys.length; at += 1) {
    const digit = ((keys[at] ?? 0) >>> shift) & (DIGITS - 1);
    starts[digit + 1] = (starts[digit + 1] ?? 0) + 1;
  }
  if (starts[(((keys[0] ?? 0) >>> shift) & (DIGITS - 1)) + 1] === keys.length) return false;
  for (let digit = 0; digit < DIGITS; digit += 1) {
    starts[digit + 1] = (starts[digit + 1] ?? 0) + (starts[digit] ?? 0);
  }
  for (let at = 0; at < order.length; at += 1) {
    const index = order[at] ?? 0;
    const digit = ((keys[index] ?? 0) >>> shift) & (DIGITS - 1);
    const target = starts[digit] ?? 0;
    next[target] = index;
    starts[digit] = target + 1;
  }
  return true;
}

/**
 * The positions of numbers by rising value, equal ones in their order: a radix sort of their bits from
 * the lowest digit, O(n). Takes numbers without NaN.
 */
export function risingOrder(values: Float64Array): Int32Array {
  const { low, high } = sortableWords(values);
  let order = new Int32Array(values.length);
  for (let at = 0; at < order.length; at += 1) order[at] = at;
  let next = new Int32Array(values.length);
  for (const keys of [low, high]) {
    for (const shift of SHIFTS) {
      if (sortByDigit(keys, shift, { order, next })) [order, next] = [next, order];
    }
  }
  return order;
}
