import { type Contingency, contingency } from './contingency.ts';

function pairs(count: number): number {
  return (count * (count - 1)) / 2;
}

/** The index of a table already counted. */
export function randIndexOf({ first, second, cells }: Contingency): number {
  let rows = 0;
  let together = 0;
  let inFirst = 0;
  let inSecond = 0;
  for (const { size } of first) {
    rows += size;
    inFirst += pairs(size);
  }
  for (const { size } of second) inSecond += pairs(size);
  for (const { count } of cells) together += pairs(count);
  if (together === inFirst && together === inSecond) return 1;
  const expected = (inFirst / pairs(rows)) * inSecond;
  return (together - expected) / ((inFirst + inSecond) / 2 - expected);
}

/**
 * How far two labellings of the same rows agree, whatever their labels are called: the Rand index
 * corrected for chance, (index - expected) / (largest - expected) over pairs of rows that lie together
 * (Hubert and Arabie 1985, "Comparing partitions", equation 5). 1 for the same partition, about 0 for
 * labels at random, below 0 for less agreement than that. Any whole numbers are labels. RangeError
 * without a row, or where lengths differ.
 */
export function adjustedRandIndex(first: Int32Array, second: Int32Array): number {
  return randIndexOf(contingency(first, second));
}
