/** Percent of the width from the left. */
export interface DivergingBar {
  readonly start: number;
  readonly width: number;
}

/** So much of the width each side has at least, that both can be labelled. */
const leastSide = 22;

/** Bars to the left of zero and to the right of it on one scale; null has no bar. */
export function divergingBars(values: readonly (number | null)[]): {
  readonly zero: number;
  readonly bars: readonly (DivergingBar | null)[];
} {
  const known = values.filter((value) => value !== null);
  const low = Math.abs(Math.min(0, ...known));
  const high = Math.max(0, ...known);
  if (low + high === 0) return { zero: 50, bars: values.map(() => null) };
  const zero = Math.min(100 - leastSide, Math.max(leastSide, (100 * low) / (low + high)));
  // Of the longer side, so that values next to nothing do not divide by nothing.
  const longer = Math.max(low, high);
  const room = Math.min((zero * longer) / low, ((100 - zero) * longer) / high);
  const bars = values.map((value) => {
    if (value === null) return null;
    const width = (Math.abs(value) / longer) * room;
    return { start: value < 0 ? zero - width : zero, width };
  });
  return { zero, bars };
}
