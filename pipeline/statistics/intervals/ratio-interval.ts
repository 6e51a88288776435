import { checkInterval, type Interval, type IntervalOptions } from './interval.ts';
import { studentTQuantile } from './student-t-quantile.ts';

/** Sums over n customers of their x (numerator) and y (denominator): all that the interval needs. */
export interface RatioSums {
  readonly n: number;
  readonly x: number;
  readonly y: number;
  readonly xx: number;
  readonly yy: number;
  readonly xy: number;
}

function checkSums({ x, y, xx, yy, xy }: RatioSums): void {
  for (const [name, sum] of Object.entries({ x, y, xx, yy, xy })) {
    if (!Number.isFinite(sum)) throw new RangeError(`The sum of ${name} is ${sum}, not a number.`);
  }
  if (xx < 0 || yy < 0) throw new RangeError('A sum of squares cannot be negative.');
}

/**
 * The ratio of two sums over customers, as money / orders, with customers as the units that vary:
 * the linearised variance of Cochran (1977), Sampling Techniques, 6.4, n / (n - 1) sum (x - R y)^2
 * / (sum y)^2, and Student's t with n - 1 degrees of freedom. A growth is the ratio of what was
 * added to what was there. There is no value where the sum of y is 0, or where y's own interval at
 * this level reaches 0 (Fieller 1954: the ratio's would have no end). Sums of squares hold 16
 * digits, so that a spread below some 1e-8 of the values is lost in their rounding. RangeError for
 * sums that are no numbers.
 */
export function ratioInterval(sums: RatioSums, options: IntervalOptions = {}): Interval {
  const { n, x, y, xx, yy, xy } = sums;
  const { level, fewest } = checkInterval(n, options);
  checkSums(sums);
  const needed = Math.max(2, fewest);
  if (n < needed) return { kind: 'too-few', n, needed };
  if (y === 0) return { kind: 'no-value', reason: 'zero-denominator' };
  const t = studentTQuantile(0.5 + level / 2, n - 1);
  const spreadOfY = Math.sqrt(Math.max(0, (yy - (y / n) * y) * (n / (n - 1))));
  if (Math.abs(y) <= t * spreadOfY) return { kind: 'no-value', reason: 'unstable-denominator' };
  const estimate = x / y;
  const squares = Math.max(0, xx - 2 * estimate * xy + estimate * estimate * yy);
  const half = (t * Math.sqrt((squares * n) / (n - 1))) / Math.abs(y);
  if (!Number.isFinite(half)) throw new RangeError('The sums are too far apart to be divided.');
  return { kind: 'interval', estimate, low: estimate - half, high: estimate + half, level };
}
