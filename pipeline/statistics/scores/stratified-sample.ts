import type { Random } from '../random.ts';

/**
 * From rows that lie stratum by stratum (stratum s has the places starts[s] .. starts[s + 1] - 1) those
 * drawn without replacement and with equal chance until each stratum's quota is full, in the same order.
 */
export function stratifiedSample(
  rows: Int32Array,
  { starts, quotas }: { starts: Int32Array; quotas: Int32Array },
  random: Random,
): Int32Array {
  const drawn = new Int32Array(quotas.reduce((sum, quota) => sum + quota, 0));
  let count = 0;
  for (const [stratum, quota] of quotas.entries()) {
    const from = starts[stratum] ?? 0;
    const places = random.sample((starts[stratum + 1] ?? 0) - from, quota);
    for (const place of places) {
      drawn[count] = rows[from + place] ?? 0;
      count += 1;
    }
  }
  return drawn;
}
