import type { BgNbdParameters } from './bg-nbd-parameters.ts';
import { whereAlive } from './bg-nbd-predictions.ts';
import { expectedValue } from './expected-value.ts';
import type { GammaGammaParameters, PurchaseValues } from './gamma-gamma-parameters.ts';
import type { PurchaseHistory } from './purchase-history.ts';

export interface ClvModel {
  readonly purchases: BgNbdParameters;
  readonly values: GammaGammaParameters;
  /** How many months ahead; 12 unless given. */
  readonly months?: number;
  /** By which a purchase is worth less for each month that it is ahead; 0.01 unless given. */
  readonly monthlyDiscount?: number;
}

/** As `lifetimes` counts for daily data: twelve months are 360 days. */
export const DAYS_OF_A_MONTH = 30;

/**
 * What each month's forecast counts for: the sum over months of (purchases up to its end less those up to
 * its start) / (1 + discount)^month, rearranged so that nothing is subtracted.
 */
function weightsOfMonths(months: number, discount: number): Float64Array {
  return new Float64Array(months).map((_, at) => {
    const worth = (1 + discount) ** -(at + 1);
    return at === months - 1 ? worth : (worth * discount) / (1 + discount);
  });
}

/**
 * For each customer the predicted CLV: purchases expected in each of the months of 30 days after T
 * (BG/NBD) times the expected value of a purchase (Gamma-Gamma), discounted at the end of each month:
 * Fader, Hardie and Lee (2005), "RFM and CLV", summed by months as `lifetimes` does. Times in days, in the
 * unit of the values. RangeError for histories, values, parameters, months or a discount that cannot be.
 */
export function discountedClv(
  customers: PurchaseHistory & PurchaseValues,
  { purchases, values, months = 12, monthlyDiscount = 0.01 }: ClvModel,
): Float64Array {
  if (!Number.isInteger(months) || months < 1 || months > 1200) {
    throw new RangeError(`CLV looks ahead a whole number of months from 1 to 1200, not ${months}.`);
  }
  if (!(monthlyDiscount >= 0 && monthlyDiscount < Infinity)) {
    throw new RangeError(`A monthly discount is a finite rate from 0, not ${monthlyDiscount}.`);
  }
  const worth = expectedValue(values, customers);
  const weights = weightsOfMonths(months, monthlyDiscount);
  const bought = whereAlive(purchases, customers, (forecast, span) => {
    let sum = 0;
    for (let month = 0; month < months; month += 1) {
      const weight = weights[month] ?? 0;
      if (weight > 0) sum += weight * forecast(((month + 1) * DAYS_OF_A_MONTH) / span);
    }
    return sum;
  });
  return bought.map((count, at) => count * (worth[at] ?? 0));
}
