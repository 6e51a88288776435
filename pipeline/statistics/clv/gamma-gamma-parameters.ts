/**
 * The value of a customer's purchase comes from a gamma distribution of shape p, whose rate comes, customer
 * by customer, from a gamma distribution of shape q and rate v (in the unit of the values).
 */
export interface GammaGammaParameters {
  readonly p: number;
  readonly q: number;
  readonly v: number;
}

/** What Gamma-Gamma knows of customers, a place each. */
export interface PurchaseValues {
  /** x: how many purchases the mean is of, whole, from 0. */
  readonly frequency: Float64Array;
  /** The mean value of a purchase, from 0; ignored where x = 0. */
  readonly meanValue: Float64Array;
}

/** RangeError, which names the first bad place, unless these are counts and means that can be. */
export function checkPurchaseValues({ frequency, meanValue }: PurchaseValues): void {
  if (meanValue.length !== frequency.length) {
    throw new RangeError(
      `${frequency.length} frequencies need as many mean values, not ${meanValue.length}.`,
    );
  }
  for (let at = 0; at < frequency.length; at += 1) {
    const x = frequency[at] ?? 0;
    const mean = meanValue[at] ?? 0;
    if (!Number.isSafeInteger(x) || x < 0) {
      throw new RangeError(`Customer ${at} has ${x} purchases, not a whole number from 0.`);
    }
    if (x > 0 && !(mean >= 0 && mean < Infinity)) {
      throw new RangeError(`Customer ${at} has a mean value of ${mean}, not a finite one from 0.`);
    }
  }
}
