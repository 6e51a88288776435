import type { Random } from '../../statistics/random.ts';

/*
 * ECMAScript leaves the last digits of Math.exp and Math.log to the implementation. The functions
 * here use only + - * / and Math.sqrt, which IEEE 754 fixes, so a seed gives the same bytes everywhere.
 */

const EXP_TERMS = 14;
const LN_TERMS = 11;

/** e to the x for x from -40 to 40, relative error below 1e-14: 2^k times the Taylor series of the rest. */
export function exp(x: number): number {
  const k = Math.round(x / Math.LN2);
  const rest = x - k * Math.LN2;
  let sum = 1;
  for (let n = EXP_TERMS; n > 0; n -= 1) sum = 1 + (rest / n) * sum;
  const factor = k < 0 ? 0.5 : 2;
  for (let n = Math.abs(k); n > 0; n -= 1) sum *= factor;
  return sum;
}

/** The natural logarithm of a positive number: ln m = 2 artanh((m - 1) / (m + 1)) after scaling by 2^k. */
export function ln(x: number): number {
  let mantissa = x;
  let k = 0;
  for (; mantissa < Math.SQRT1_2; k -= 1) mantissa *= 2;
  for (; mantissa > Math.SQRT2; k += 1) mantissa /= 2;
  const ratio = (mantissa - 1) / (mantissa + 1);
  const square = ratio * ratio;
  let sum = 0;
  for (let n = LN_TERMS; n >= 0; n -= 1) sum = sum * square + 1 / (2 * n + 1);
  return 2 * ratio * sum + k * Math.LN2;
}

/** Standard normal, Marsaglia's polar method (1964) on the logarithm above. */
export function normal(random: Random): number {
  for (;;) {
    const x = 2 * random.float() - 1;
    const y = 2 * random.float() - 1;
    const square = x * x + y * y;
    if (square > 0 && square < 1) return x * Math.sqrt((-2 * ln(square)) / square);
  }
}

/** Exponential with mean 1. */
export function exponential(random: Random): number {
  return -ln(1 - random.float());
}

/** The smallest of `points` uniform numbers in [0, 1). */
export function smallestOf(points: number, random: Random): number {
  return 1 - exp(Math.max(-40, ln(1 - random.float()) / points));
}

/** The 32-bit finaliser of MurmurHash3 (Austin Appleby, public domain). */
function scramble(value: number): number {
  let hash = value | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** A seed of its own for each purpose and index, so that no draw depends on how many others there were. */
export function deriveSeed(seed: number, lane: number, index = 0): number {
  const low = scramble(seed ^ Math.imul(lane + 1, 0x9e3779b1));
  const high = scramble(low ^ Math.floor(seed / 2 ** 32));
  const first = scramble(high + Math.imul(index, 0x85157af5));
  const second = scramble(first ^ index ^ 0x27d4eb2f);
  return first * 2 ** 21 + (second >>> 11);
}
