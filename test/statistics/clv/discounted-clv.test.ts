import { describe, expect, test } from 'vitest';
import { expectedPurchases } from '../../../pipeline/statistics/clv/bg-nbd-predictions.ts';
import { discountedClv } from '../../../pipeline/statistics/clv/discounted-clv.ts';
import { expectedValue } from '../../../pipeline/statistics/clv/expected-value.ts';
import { cdnow, everyNth, inDays, meanValue, sampleOf, worstOf } from './cdnow.ts';

const { predictions, parameters } = cdnow.days;
const history = sampleOf(inDays);
const customers = { ...history, meanValue: everyNth(meanValue, predictions.every) };
const model = { purchases: parameters, values: cdnow.gammaGamma.parameters };

describe('discounted CLV', () => {
  test('of CDNOW, 12 months at 1% a month, is that of lifetimes', () => {
    expect(predictions.clv).toHaveLength(59);
    expect(worstOf(discountedClv(customers, model), predictions.clv)).toBeLessThan(1e-10);
  });

  test('without a discount is purchases times value, and one month is the first of twelve', () => {
    const value = expectedValue(model.values, customers);
    for (const months of [1, 12]) {
      const purchases = expectedPurchases(parameters, 30 * months, history);
      const wanted = Array.from(purchases, (count, at) => count * (value[at] ?? 0));
      const found = discountedClv(customers, { ...model, months, monthlyDiscount: 0 });
      expect(worstOf(found, wanted)).toBeLessThan(1e-12);
      const discounted = discountedClv(customers, { ...model, months: 1, monthlyDiscount: 0.25 });
      const first = discountedClv(customers, { ...model, months: 1, monthlyDiscount: 0 });
      expect(
        worstOf(
          discounted,
          Array.from(first, (clv) => clv / 1.25),
        ),
      ).toBeLessThan(1e-12);
    }
  });

  test('refuses months and discounts that cannot be', () => {
    for (const months of [0, 1.5, Number.NaN]) {
      expect(() => discountedClv(customers, { ...model, months })).toThrow(`not ${months}`);
    }
    for (const monthlyDiscount of [-0.01, Number.NaN, Infinity]) {
      expect(() => discountedClv(customers, { ...model, monthlyDiscount })).toThrow(RangeError);
    }
  });
});
