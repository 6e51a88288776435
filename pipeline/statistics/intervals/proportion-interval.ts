import { checkInterval, type Interval, type IntervalOptions } from './interval.ts';
import { normalQuantile } from './normal-distribution.ts';

/**
 * The score interval of Wilson (1927) for the share of `n` customers, `successes` of whom have a
 * property: it stays within 0 .. 1 and has a width at 0 and at 1 too. The customers count as a
 * sample of such customers. RangeError unless both are whole numbers and 0 <= successes <= n.
 */
export function proportionInterval(
  successes: number,
  n: number,
  options: IntervalOptions = {},
): Interval {
  const { level, fewest } = checkInterval(n, options);
  if (!Number.isSafeInteger(successes) || successes < 0 || successes > n) {
    throw new RangeError(`${successes} of ${n} is no share of customers.`);
  }
  const needed = Math.max(1, fewest);
  if (n < needed) return { kind: 'too-few', n, needed };
  const z = normalQuantile(0.5 + level / 2);
  const estimate = successes / n;
  const divisor = 1 + (z * z) / n;
  const middle = (estimate + (z * z) / (2 * n)) / divisor;
  const half = (z / divisor) * Math.sqrt((estimate * (1 - estimate) + (z * z) / (4 * n)) / n);
  return {
    kind: 'interval',
    estimate,
    low: successes === 0 ? 0 : Math.max(0, middle - half),
    high: successes === n ? 1 : Math.min(1, middle + half),
    level,
  };
}
