import type { BgNbdParameters } from './bg-nbd-parameters.ts';
import { averagePurchases } from './average-purchases.ts';

const MOST_TERMS = 4096;

/** Below e^-300 the first term of the series has lost digits in its exponent. */
const SMALLEST_LOG = 300;

/** Stands for any time longer: nothing computed of it overflows. */
const LONGEST_ODDS = 1e200;

/** Part of a sum that does not count any more. */
const NEGLIGIBLE = Number.EPSILON / 16;

/** Terms that the series of a negative binomial of this shape needs, with some to spare. */
function termsNeeded(shape: number, odds: number): number {
  const mean = shape * odds;
  return mean + 10 * Math.sqrt(mean * (1 + odds)) + 40 * (1 + odds);
}

/**
 * The purchases expected in the time `odds` x (alpha + T) from a customer with x repeat purchases who is
 * alive at T, as a function of `odds`: this is the part of Fader, Hardie and Lee (2005), equation 10, with
 * the Gauss hypergeometric function, z = odds / (1 + odds).
 *
 * Their difference of 1 and 2F1, over a - 1, cancels near a = 1, for short times and for many purchases.
 * This sums the same as it arises: a customer who never left would buy N times, negative binomial of shape
 * r + x, and stays after each of j purchases with the chance (b + x)_j / (a + b + x)_j. All terms are
 * positive. Where they would be too many, the mean over the chance of leaving is integrated instead.
 */
export function purchasesWhileAlive(
  { r, a, b }: BgNbdParameters,
  x: number,
): (odds: number) => number {
  const shape = r + x;
  const stay = b + x;
  const growth: number[] = [];
  const bought: number[] = [];
  let staying = 1;
  let total = 0;

  function extend(term: number): void {
    total += staying;
    staying *= (stay + term) / (a + stay + term);
    growth.push((shape + term) / (term + 1));
    bought.push(total);
  }

  return (given) => {
    if (given === 0) return 0;
    const odds = Math.min(given, LONGEST_ODDS);
    const logNone = -shape * Math.log1p(odds);
    if (termsNeeded(shape, odds) > MOST_TERMS || logNone < -SMALLEST_LOG) {
      return averagePurchases({ shape, leave: a, stay }, odds);
    }
    const z = odds / (1 + odds);
    const mean = shape * odds;
    const enough = NEGLIGIBLE / (1 + odds);
    let chance = Math.exp(logNone);
    let sum = 0;
    for (let term = 0; ; term += 1) {
      if (term === growth.length) extend(term);
      chance *= z * (growth[term] ?? 0);
      const part = chance * (bought[term] ?? 0);
      sum += part;
      if (part <= enough * sum && term > mean) return sum;
    }
  };
}
