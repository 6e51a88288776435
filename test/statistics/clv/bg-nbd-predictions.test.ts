import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  expectedPurchases,
  probabilityAlive,
} from '../../../pipeline/statistics/clv/bg-nbd-predictions.ts';
import { cdnow, inDays, inWeeks, sampleOf, worstOf } from './cdnow.ts';

const one = (x: number, recency: number, age: number) => ({
  frequency: Float64Array.of(x),
  recency: Float64Array.of(recency),
  age: Float64Array.of(age),
});

describe('the predictions of BG/NBD', () => {
  test.each([
    ['weeks', sampleOf(inWeeks), cdnow.weeks],
    ['days', sampleOf(inDays), cdnow.days],
  ] as const)(
    'for CDNOW in %s are those of lifetimes',
    (_, history, { parameters, predictions }) => {
      expect(predictions.alive).toHaveLength(59);
      expect(worstOf(probabilityAlive(parameters, history), predictions.alive)).toBeLessThan(1e-12);
      for (const [time, purchases] of Object.entries(predictions.purchases)) {
        const found = expectedPurchases(parameters, Number(time), history);
        expect(worstOf(found, purchases)).toBeLessThan(1e-11);
      }
      for (const [time, purchases] of Object.entries(predictions.newCustomer)) {
        const found = expectedPurchases(parameters, Number(time), one(0, 0, 0));
        expect(worstOf(found, [purchases])).toBeLessThan(1e-11);
      }
    },
  );

  test('are numbers, and grow with time, for hostile but valid customers and parameters', () => {
    const parameter = fc.double({ min: -12, max: 12, noNaN: true }).map((power) => 10 ** power);
    const customer = fc
      .tuple(
        fc.constantFrom(0, 1, 2, 30, 1000, 10_000, 1_000_000),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.constantFrom(1e-9, 1, 730, 1e6, 1e12),
      )
      .map(([x, share, age]) => one(x, x === 0 ? 0 : Math.max(Number.MIN_VALUE, share * age), age));
    fc.assert(
      fc.property(
        fc.record({ r: parameter, alpha: parameter, a: parameter, b: parameter }),
        fc.oneof(customer, fc.constant(one(0, 0, 0)), fc.constant(one(10_000, 365, 365))),
        (parameters, history) => {
          const [alive = Number.NaN] = probabilityAlive(parameters, history);
          expect(alive >= 0 && alive <= 1).toBe(true);
          let before = 0;
          for (const time of [0, 1e-6, 30, 360, 1e9]) {
            const [purchases = Number.NaN] = expectedPurchases(parameters, time, history);
            expect(Number.isFinite(purchases)).toBe(true);
            expect(purchases).toBeGreaterThanOrEqual(before * (1 - 1e-9));
            before = purchases;
          }
        },
      ),
      { numRuns: 300, seed: 4 },
    );
  });

  test('refuse times and parameters that cannot be', () => {
    const parameters = { r: 0.5, alpha: 30, a: 0.8, b: 2.5 };
    for (const time of [-1, Number.NaN, Infinity]) {
      expect(() => expectedPurchases(parameters, time, one(1, 2, 3))).toThrow(`not ${time}`);
    }
    for (const a of [0, -1, Number.NaN, Infinity]) {
      expect(() => probabilityAlive({ ...parameters, a }, one(1, 2, 3))).toThrow(`not ${a}`);
    }
    expect(
      expectedPurchases(parameters, 30, {
        frequency: new Float64Array(0),
        recency: new Float64Array(0),
        age: new Float64Array(0),
      }),
    ).toHaveLength(0);
  });
});
