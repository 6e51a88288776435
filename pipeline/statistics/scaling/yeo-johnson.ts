import { summariseColumn, withinRounding } from '../column-summary.ts';
import { dotProduct } from './centre-column.ts';
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

/** Of what lambda is fitted to: signed logarithms, and how many values each stands for. */
interface Sample {
  readonly logs: Float64Array;
  readonly weights: Float64Array;
  readonly rows: number;
}

/** Above this many values, lambda is fitted to so many of them. */
const FITTED_VALUES = 20_000;

/** All values in rising order, or of many both ends and between them values evenly far apart in rank. */
function drawSample(sorted: Float64Array, anchor: number): Sample {
  const rows = sorted.length;
  if (rows <= FITTED_VALUES) {
    return { logs: logsFrom(sorted, anchor), weights: new Float64Array(rows).fill(1), rows };
  }
  const stratum = (rows - 2) / (FITTED_VALUES - 2);
  const drawn = new Float64Array(FITTED_VALUES);
  for (let at = 1; at < FITTED_VALUES - 1; at += 1) {
    drawn[at] = sorted[1 + Math.floor((at - 0.5) * stratum)] ?? 0;
  }
  drawn[0] = sorted[0] ?? 0;
  drawn[FITTED_VALUES - 1] = sorted[rows - 1] ?? 0;
  const weights = new Float64Array(FITTED_VALUES).fill(stratum);
  weights[0] = 1;
  weights[FITTED_VALUES - 1] = 1;
  return { logs: logsFrom(drawn, anchor), weights, rows };
}

/**
 * The log-likelihood of lambda, mean and variance at their best, without terms free of lambda:
 * -n/2 log var(y) + (lambda - 1) sum(logs). Divided by the largest y, squares neither overflow nor vanish.
 */
function profileLikelihood({ logs, weights, rows }: Sample, sum: number, lambda: number): number {
  const transformed = new Float64Array(logs.length);
  let largest = 0;
  for (let row = 0; row < logs.length; row += 1) {
    const log = logs[row] ?? 0;
    const y = log >= 0 ? grow(log, lambda) : -grow(-log, 2 - lambda);
    transformed[row] = y;
    largest = Math.max(largest, Math.abs(y));
  }
  let mean = 0;
  for (let row = 0; row < logs.length; row += 1) {
    mean += ((transformed[row] ?? 0) / largest / rows) * (weights[row] ?? 0);
  }
  let variance = 0;
  for (let row = 0; row < logs.length; row += 1) {
    const difference = (transformed[row] ?? 0) / largest - mean;
    variance += ((difference * difference) / rows) * (weights[row] ?? 0);
  }
  return -(rows / 2) * (2 * Math.log(largest) + Math.log(variance)) + (lambda - 1) * sum;
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
 * (no change), and so does one of both signs so large that no other power is safe. Of more than 20,000
 * values it is that of a systematic sample: the least, the greatest, and between them 19,998 values
 * evenly far apart in rank, each weighted by the ranks it stands for; the order of values changes no
 * bit. RangeError for a column without values or with one that is not finite.
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
  const sample = drawSample(column.toSorted(), anchor);
  const sum = dotProduct(sample.logs, sample.weights);
  const lambda = minimiseBetween((power) => -profileLikelihood(sample, sum, power), {
    lower,
    upper,
    tolerance: 1.48e-8,
  });
  return { lambda, anchor };
}
