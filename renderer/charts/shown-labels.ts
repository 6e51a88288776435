/**
 * Which of `count` evenly spaced labels are shown where there is room for about `room`: those that must be, and of
 * the others every so manieth, without those that would lie against one that must be.
 */
export function shownLabels(count: number, room: number, must: readonly number[]): boolean[] {
  const every = Math.max(1, Math.ceil(count / room));
  return Array.from({ length: count }, (_, at) => {
    if (must.includes(at)) return true;
    return at % every === 0 && must.every((other) => Math.abs(other - at) >= every);
  });
}
