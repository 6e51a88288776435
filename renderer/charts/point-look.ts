function within(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

/** How large (CSS pixels across) and how opaque points are drawn: fewer and nearer ones larger, so that a crowd keeps its grain. */
export function pointLook(points: number, nearness: number): { size: number; opacity: number } {
  const magnitude = Math.log10(Math.max(points, 1));
  const size = within(9.5 - 1.4 * magnitude, 1.8, 6);
  return {
    size: within(size * Math.sqrt(Math.max(nearness, 1)), size, 8),
    opacity: within(1.15 - 0.13 * magnitude, 0.4, 0.8),
  };
}
