import { describe, expect, test } from 'vitest';
import { averagePurchases } from '../../../pipeline/statistics/clv/average-purchases.ts';
import { purchasesWhileAlive } from '../../../pipeline/statistics/clv/purchases-while-alive.ts';
import { fixture } from './cdnow.ts';

type Case = [r: number, a: number, b: number, x: number, odds: number, expected: number];
const cases = fixture('expected-while-alive') as Case[];

describe('purchases expected while alive', () => {
  test('are those of the hypergeometric function to 60 digits, z from 1e-9 to 0.999999', () => {
    expect(cases).toHaveLength(300);
    const wrong = cases.filter(([r, a, b, x, odds, expected]) => {
      const found = purchasesWhileAlive({ r, alpha: 1, a, b }, x)(odds);
      return !(Math.abs(found / expected - 1) < 2e-12);
    });
    expect(wrong).toEqual([]);
  });

  test('are the same by the integral alone as by the series', () => {
    const wrong = cases.filter(([r, a, b, x, odds, expected]) => {
      const found = averagePurchases({ shape: r + x, leave: a, stay: b + x }, odds);
      return !(Math.abs(found / expected - 1) < 2e-11);
    });
    expect(wrong).toEqual([]);
  });

  test('do not depend on which times were asked for before', () => {
    const parameters = { r: 0.24, alpha: 1, a: 0.8, b: 2.4 };
    const shared = purchasesWhileAlive(parameters, 3);
    const far = shared(9);
    expect(shared(0.2)).toBe(purchasesWhileAlive(parameters, 3)(0.2));
    expect(shared(9)).toBe(far);
    expect(shared(0)).toBe(0);
  });
});
