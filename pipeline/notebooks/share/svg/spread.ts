/** Beyond this, sums of a few numbers are no numbers any more. */
const largest = 1e300;

/** Whether numbers between two ends have places of their own. */
export function isSpread(low: number, high: number): boolean {
  const size = Math.abs(high - low);
  if (Math.max(Math.abs(low), Math.abs(high)) > largest) return false;
  return size > Math.max(1e-290, Math.abs(low) * 1e-13);
}

/**
 * From the least to the greatest of finite numbers; around one number some room, at least `some` on both sides. From 0 to
 * 1 for none, and for numbers too far from each other to be told apart.
 */
export function spread(values: Iterable<number>, some: number): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (!(low <= high) || Math.max(-low, high) > largest) return [0, 1];
  if (isSpread(low, high)) return [low, high];
  const room = Math.max(Math.abs(low) * 0.1, some);
  return [low - room, high + room];
}
