import {
  checkPurchaseValues,
  type GammaGammaParameters,
  type PurchaseValues,
} from './gamma-gamma-parameters.ts';

/**
 * For each customer the expected value of a purchase: the customer's own mean and the population's, p v /
 * (q - 1), weighted by p x and q - 1; the population's where x = 0 (Fader and Hardie 2013, equation 5).
 * RangeError for values that cannot be, and for parameters without a finite population mean.
 */
export function expectedValue(
  { p, q, v }: GammaGammaParameters,
  values: PurchaseValues,
): Float64Array {
  if (!(p > 0 && v > 0 && q > 1 && p * v < Infinity && q < Infinity)) {
    throw new RangeError(
      `Gamma-Gamma expects a value for finite p and v above 0 and q above 1, not ${p}, ${v} and ${q}.`,
    );
  }
  checkPurchaseValues(values);
  const population = (p * v) / (q - 1);
  return values.frequency.map((x, at) => {
    if (x === 0) return population;
    const own = (p * x) / (p * x + q - 1);
    return population + own * ((values.meanValue[at] ?? 0) - population);
  });
}
