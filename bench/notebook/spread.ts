/** The time that `share` of all do not exceed; by nearest rank. */
export function percentile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  const time = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (time === undefined) throw new Error('Nothing was measured.');
  return time;
}

export const inMs = (time: number): string => `${time.toFixed(time < 10 ? 1 : 0)} ms`;
