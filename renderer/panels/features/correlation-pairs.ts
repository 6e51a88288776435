export interface Pair {
  readonly one: string;
  readonly other: string;
  readonly value: number;
}

/** Every pair of a symmetric matrix that has a value, the strongest of either sign first. */
export function strongestPairs(
  labels: readonly string[],
  values: readonly (readonly (number | null)[])[],
): Pair[] {
  const pairs: Pair[] = [];
  for (let row = 1; row < labels.length; row += 1) {
    for (let column = 0; column < row; column += 1) {
      const value = values[row]?.[column] ?? null;
      if (value !== null) {
        pairs.push({ one: labels[column] ?? '', other: labels[row] ?? '', value });
      }
    }
  }
  return pairs.sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
}
