import type { BgNbdParameters } from './bg-nbd-parameters.ts';
import { expectedPurchases } from './bg-nbd-predictions.ts';
import type { PurchaseHistory } from './purchase-history.ts';

/** Customers as they stood at a cut day, and what they did in the hold-out after it. */
export interface HoldOut {
  /** Up to the cut day: parameters to be tested are fitted to this. */
  readonly history: PurchaseHistory;
  /** For each customer the purchase days in the hold-out. */
  readonly actual: Float64Array;
  /** How long the hold-out is, in the unit of the history. */
  readonly length: number;
}

/** A point of the calibration plot. */
export interface CalibrationGroup {
  /** Repeat purchases up to the cut day; those of the last group, `orMore`, are at least so many. */
  readonly purchases: number;
  readonly orMore: boolean;
  readonly customers: number;
  /** Mean purchases in the hold-out; null for a group without customers. */
  readonly predicted: number | null;
  readonly actual: number | null;
}

export interface Calibration {
  readonly groups: readonly CalibrationGroup[];
  readonly customers: number;
  /** Sums over all customers. */
  readonly predicted: number;
  readonly actual: number;
  /** Mean of predicted less actual purchases of a customer: above 0 the model promises too much. */
  readonly bias: number;
  readonly meanAbsoluteError: number;
}

/** Customers with so many repeat purchases or more share the last group. */
const LAST_GROUP = 7;

function checkHoldOut({ history, actual }: HoldOut): void {
  const customers = history.frequency.length;
  if (customers < 1) throw new RangeError('Calibration needs a customer.');
  if (actual.length !== customers) {
    throw new RangeError(
      `${customers} customers need as many actual purchases, not ${actual.length}.`,
    );
  }
  const bad = actual.findIndex((count) => !Number.isSafeInteger(count) || count < 0);
  if (bad < 0) return;
  throw new RangeError(
    `Customer ${bad} bought ${actual[bad]} times in the hold-out, not a whole number from 0.`,
  );
}

/**
 * Compares what BG/NBD expected in the hold-out with what happened, by the number of repeat purchases
 * before: Fader, Hardie and Lee (2005), "Counting Your Customers" the Easy Way, figure 4. RangeError for
 * histories, counts or a length that cannot be, and without customers.
 */
export function calibrate(parameters: BgNbdParameters, holdOut: HoldOut): Calibration {
  checkHoldOut(holdOut);
  const { history, actual, length } = holdOut;
  const expected = expectedPurchases(parameters, length, history);
  const customers = new Float64Array(LAST_GROUP + 1);
  const predictedOf = new Float64Array(LAST_GROUP + 1);
  const actualOf = new Float64Array(LAST_GROUP + 1);
  let apart = 0;
  for (let at = 0; at < actual.length; at += 1) {
    const group = Math.min(LAST_GROUP, history.frequency[at] ?? 0);
    customers[group] = (customers[group] ?? 0) + 1;
    predictedOf[group] = (predictedOf[group] ?? 0) + (expected[at] ?? 0);
    actualOf[group] = (actualOf[group] ?? 0) + (actual[at] ?? 0);
    apart += Math.abs((expected[at] ?? 0) - (actual[at] ?? 0));
  }
  const predicted = predictedOf.reduce((sum, part) => sum + part, 0);
  const happened = actualOf.reduce((sum, part) => sum + part, 0);
  const groups = Array.from(customers, (size, purchases) => ({
    purchases,
    orMore: purchases === LAST_GROUP,
    customers: size,
    predicted: size === 0 ? null : (predictedOf[purchases] ?? 0) / size,
    actual: size === 0 ? null : (actualOf[purchases] ?? 0) / size,
  }));
  return {
    groups,
    customers: actual.length,
    predicted,
    actual: happened,
    bias: (predicted - happened) / actual.length,
    meanAbsoluteError: apart / actual.length,
  };
}
