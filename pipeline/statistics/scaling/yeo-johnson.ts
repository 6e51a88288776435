import { summariseColumn, withinRounding } from '../column-summary.ts';
import { minimiseBetween } from './minimise-between.ts';

/**
 * The power of Yeo and Johnson (2000), and the value where the transform is 0 with slope 1. Anchored
 * at 0 it is theirs; elsewhere it is theirs moved and stretched, so that columns far from 0 (years,
 * salaries of 50,000 to 60,000) keep the digits that the plain form loses to its asymptote.
 */
export interface YeoJohnson {
  readonly lambda: number;
  readonly anchor: number;
}

/** (e^(power log) - 1) / power, and its limit `log` where the power is 0. */
function grow(log: number, power: number): number {
  const exponent = power * log;
  return Math.abs(exponent) < Number.EPSILON / 8 ? log : Math.expm1(exponent) / power;
}

/** The inverse of `grow`: Infinity beyond the asymptote of a negative power. */
function shrink(value: number, power: number): number {
  const grown = power * value;
  if (Math.abs(grown) < Number.EPSILON / 8) return value;
  return grown <= -1 ? -Math.sign(power) * Infinity : Math.log1p(grown) / power;
}

/** log((1 + x) / (1 + anchor)) for both at least 0, with all digits where they are close. */
function logRatio(x: number, anchor: number): number {
  const relative = (x - anchor) / (1 + anchor);
  return Math.abs(relative) < 0.5 ? Math.log1p(relative) : Math.log1p(x) - Math.log1p(anchor);
}

const mirrored = ({ lambda, anchor }: YeoJohnson): YeoJohnson => ({
  lambda: 2 - lambda,
  anchor: -anchor,
});

/** Transforms one number; infinite where the power takes it beyond what a double holds. */
export function yeoJohnson(x: number, fitted: YeoJohnson): number {
  const { lambda, anchor } = fitted;
  if (anchor < 0) return -yeoJohnson(-x, mirrored(fitted));
  const unit = 1 + anchor;
  if (x >= 0) return unit * grow(logRatio(x, anchor), lambda);
  const atZero = unit * grow(-Math.log1p(anchor), lambda);
  return atZero - grow(Math.log1p(-x), 2 - lambda) * unit ** (1 - lambda);
}

/** The number that `yeoJohnson` takes to `y`; infinite where none is: it has an asymptote for lambda < 0 or > 2. */
export function inverseYeoJohnson(y: number, fitted: YeoJohnson): number {
  const { lambda, anchor } = fitted;
  if (anchor < 0) return -inverseYeoJohnson(-y, mirrored(fitted));
  const unit = 1 + anchor;
  const atZero = unit * grow(-Math.log1p(anchor), lambda);
  if (y >= atZero) return anchor + unit * Math.expm1(shrink(y / unit, lambda));
  return -Math.expm1(shrink((atZero - y) * unit ** (lambda - 1), 2 - lambda));
}

/** Signed logarithms from the anchor, which all values of a column lie on one side of unless it is 0. */
function logsFrom(column: Float64Array, anchor: number): Float64Array {
  const size = Math.abs(anchor);
  return column.map((x) => (x >= 0 && anchor >= 0 ? logRatio(x, size) : -logRatio(-x, size)));
}

/**
 * The log-likelihood of lambda, mean and variance at their best, without terms free of lambda:
 * -n/2 log var(y) + (lambda - 1) sum(logs). Divided by the largest y, squares neither overflow nor vanish.
 */
function profileLikelihood(logs: Float64Array, sum: number, lambda: number): number {
  const transformed = new Float64Array(logs.length);
  let largest = 0;
  for (let row = 0; row < logs.length; row += 1) {
    const log = logs[row] ?? 0;
    const y = log >= 0 ? grow(log, lambda) : -grow(-log, 2 - lambda);
    transformed[row] = y;
    largest = Math.max(largest, Math.abs(y));
  }
  let mean = 0;
  for (const y of transformed) mean += y / largest / logs.length;
  let variance = 0;
  for (const y of transformed) variance += (y / largest - mean) ** 2 / logs.length;
  return -(logs.length / 2) * (2 * Math.log(largest) + Math.log(variance)) + (lambda - 1) * sum;
}

/**
 * Powers that keep values up to 20 times the largest within half of a double's exponents, so that
 * variances of them are numbers: the bounds of scipy.stats.yeojohnson_normmax (scipy/scipy#18852).
 */
function powersWithin(minimum: number, maximum: number): { lower: number; upper: number } {
  const largest = Math.max(Math.abs(minimum), Math.abs(maximum));
  const log = Math.max(Math.log1p(Math.min(20 * largest, Number.MAX_VALUE)), 1e-300);
  const half = Math.log(Number.EPSILON) / 2;
  const lower = (Math.log(2 ** -1022) / 2 - half) / log;
  const upper = (Math.log(Number.MAX_VALUE) / 2 + half) / log;
  if (minimum >= 0) return { lower, upper };
  if (maximum < 0) return { lower: 2 - upper, upper: 2 - lower };
  return { lower: Math.max(2 - upper, lower), upper: Math.min(2 - lower, upper) };
}

/**
 * Lambda of greatest likelihood for a column of finite numbers, as scikit-learn's PowerTransformer
 * takes it, anchored at the value closest to 0 if all lie on one side. A constant column gets lambda 1
 * (no change), and so does one of both signs so large that no other power is safe. RangeError for a
 * column without values or with one that is not finite.
 */
export function fitYeoJohnson(column: Float64Array): YeoJohnson {
  if (!column.every(Number.isFinite) || column.length === 0) {
    throw new RangeError('Yeo-Johnson needs finite numbers, and at least one.');
  }
  const { minimum, maximum } = summariseColumn(column);
  const anchor = Math.max(minimum, 0) + Math.min(maximum, 0);
  if (withinRounding(minimum, maximum)) return { lambda: 1, anchor };
  const { lower, upper } = powersWithin(minimum, maximum);
  if (lower >= upper) return { lambda: 1, anchor };
  const logs = logsFrom(column, anchor);
  let sum = 0;
  for (const log of logs) sum += log;
  const lambda = minimiseBetween((power) => -profileLikelihood(logs, sum, power), {
    lower,
    upper,
    tolerance: 1.48e-8,
  });
  return { lambda, anchor };
}
