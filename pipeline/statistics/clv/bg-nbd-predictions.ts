import { type BgNbdParameters, checkBgNbdParameters } from './bg-nbd-parameters.ts';
import { collapsePatterns } from './patterns.ts';
import { checkPurchaseHistory, type PurchaseHistory } from './purchase-history.ts';
import { purchasesWhileAlive } from './purchases-while-alive.ts';

/** A customer's purchases expected up to a time, of the time over (alpha + T), if alive now. */
type Forecast = (odds: number) => number;

function chanceAlive(
  { r, alpha, a, b }: BgNbdParameters,
  x: number,
  { recency, age }: { readonly recency: number; readonly age: number },
): number {
  if (x === 0) return 1;
  const idle = Math.log1p((age - recency) / (alpha + recency));
  return 1 / (1 + Math.exp((r + x) * idle + Math.log(a) - Math.log(b + x - 1)));
}

/**
 * For each customer the chance, from 0 to 1, of not having left by T: Fader, Hardie and Lee (2008),
 * "Computing P(alive) Using the BG/NBD Model". It is 1 where x = 0, since customers leave after repeat
 * purchases only. Times in the unit of alpha. RangeError for a history or parameters that cannot be.
 */
export function probabilityAlive(
  parameters: BgNbdParameters,
  history: PurchaseHistory,
): Float64Array {
  checkBgNbdParameters(parameters);
  checkPurchaseHistory(history);
  return history.frequency.map((x, at) =>
    chanceAlive(parameters, x, {
      recency: history.recency[at] ?? 0,
      age: history.age[at] ?? 0,
    }),
  );
}

/**
 * For each customer P(alive) times what `measure` makes of the forecast of one who is alive, which depends
 * on x and T only and is computed once for each pair of them; `span` is alpha + T.
 */
export function whereAlive(
  parameters: BgNbdParameters,
  history: PurchaseHistory,
  measure: (forecast: Forecast, span: number) => number,
): Float64Array {
  const result = probabilityAlive(parameters, history);
  if (result.length === 0) return result;
  const { weights, patternOf, columns } = collapsePatterns([history.frequency, history.age]);
  const [x, age] = columns;
  const measured = new Float64Array(weights.length);
  let forecast = purchasesWhileAlive(parameters, 0);
  let lastX = 0;
  for (let pair = 0; pair < weights.length; pair += 1) {
    const frequency = x?.values[x.codes[pair] ?? 0] ?? 0;
    if (frequency !== lastX) forecast = purchasesWhileAlive(parameters, frequency);
    lastX = frequency;
    const span = parameters.alpha + (age?.values[age.codes[pair] ?? 0] ?? 0);
    measured[pair] = measure(forecast, span);
  }
  for (let at = 0; at < result.length; at += 1) {
    result[at] = (result[at] ?? 0) * (measured[patternOf[at] ?? 0] ?? 0);
  }
  return result;
}

/**
 * For each customer the repeat purchases expected within the time `time` after T: Fader, Hardie and Lee
 * (2005), "Counting Your Customers" the Easy Way, equation 10. With x = 0 and T = 0 it is that of a new
 * customer (their equation 9). Times in the unit of alpha. RangeError for what cannot be.
 */
export function expectedPurchases(
  parameters: BgNbdParameters,
  time: number,
  history: PurchaseHistory,
): Float64Array {
  if (!(time >= 0 && time < Infinity)) {
    throw new RangeError(`A time to look ahead is a finite number from 0, not ${time}.`);
  }
  return whereAlive(parameters, history, (forecast, span) => forecast(time / span));
}
