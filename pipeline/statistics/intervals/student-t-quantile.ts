import { normalQuantile } from './normal-distribution.ts';

/**
 * gamma(a + 1/2) / gamma(a) for a > 0 without the cancellation of two logarithms: the asymptotic
 * series at a >= 50 (Tricomi and Erdelyi 1951), and the recurrence of gamma down to smaller ones.
 */
function gammaRatio(a: number): number {
  let factor = 1;
  let at = a;
  for (; at < 50; at += 1) factor *= at / (at + 0.5);
  const x = 1 / at;
  const series =
    1 + x * (-1 / 8 + x * (1 / 128 + x * (5 / 1024 + x * (-21 / 32768 + x * (-399 / 262144)))));
  return factor * Math.sqrt(at) * series;
}

/** The continued fraction of the incomplete beta function (DLMF 8.17.22) by the method of Lentz. */
function betaFraction(x: number, a: number, b: number): number {
  const TINY = 1e-300;
  let c = 1;
  let d = 1 / (1 - ((a + b) * x) / (a + 1) || TINY);
  let value = d;
  for (let m = 1; m < 100_000; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / (1 + even * d || TINY);
    c = 1 + even / c || TINY;
    value *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / (1 + odd * d || TINY);
    c = 1 + odd / c || TINY;
    value *= d * c;
    if (Math.abs(d * c - 1) < 2 * Number.EPSILON) break;
  }
  return value;
}

interface Sides {
  /** P(|T| > t) and P(|T| <= t); the smaller keeps all its digits. */
  readonly outside: number;
  readonly inside: number;
  /** What either changes by, without its sign, as ln t changes. */
  readonly slope: number;
}

/** The two sides of |T| at t > 0, as incomplete beta functions of df / (df + t^2). */
function sidesAt(t: number, df: number): Sides {
  const a = df / 2;
  const square = t * t;
  const near = square / (df + square);
  const far = df / (df + square);
  const slope =
    2 * Math.exp(-a * Math.log1p(square / df)) * Math.sqrt(near / Math.PI) * gammaRatio(a);
  if (far < (a + 1) / (a + 2.5)) {
    const outside = (slope / df) * betaFraction(far, a, 0.5);
    return { outside, inside: 1 - outside, slope };
  }
  const inside = slope * betaFraction(near, 0.5, a);
  return { outside: 1 - inside, inside, slope };
}

/**
 * Where a side has its probability: Newton's method on logarithms, in which both sides are concave.
 */
function solve(side: 'inside' | 'outside', probability: number, df: number): number {
  const sign = side === 'inside' ? 1 : -1;
  let t = Math.abs(normalQuantile(side === 'inside' ? 0.5 + probability / 2 : probability / 2));
  for (let round = 0; round < 100; round += 1) {
    const sides = sidesAt(t, df);
    const step = (Math.log(sides[side] / probability) * sides[side]) / (sign * sides.slope);
    t *= Math.exp(-step);
    if (Math.abs(step) < 4 * Number.EPSILON) break;
  }
  return t;
}

/**
 * Fisher and Cornish (1960), the percentile points as a series in 1 / df, for the many where it is
 * exact.
 */
function largeSample(z: number, df: number): number {
  const w = z * z;
  const first = (z * (w + 1)) / 4;
  const second = (z * (3 + w * (16 + 5 * w))) / 96;
  const third = (z * (-15 + w * (17 + w * (19 + 3 * w)))) / 384;
  return z + (first + (second + third / df) / df) / df;
}

/**
 * The value below which Student's t with `df` degrees of freedom (> 0, whole or not) falls with
 * probability `p`: the inverse of the incomplete beta function. RangeError unless 0 < p < 1 and df
 * > 0.
 */
export function studentTQuantile(p: number, df: number): number {
  if (!(df > 0)) throw new RangeError(`Student's t needs degrees of freedom above 0, not ${df}.`);
  const z = normalQuantile(p);
  if (df > 1e5) return largeSample(z, df);
  if (z === 0) return 0;
  const outside = 2 * Math.min(p, 1 - p);
  const inside = 2 * Math.abs(p - 0.5);
  const size = outside < 0.5 ? solve('outside', outside, df) : solve('inside', inside, df);
  return Math.sign(z) * size;
}
