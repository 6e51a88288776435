import { describe, expect, test } from 'vitest';
import { type BgNbdFit, fitBgNbd } from '../../../pipeline/statistics/clv/bg-nbd.ts';
import { expectedPurchases } from '../../../pipeline/statistics/clv/bg-nbd-predictions.ts';
import type { PurchaseHistory } from '../../../pipeline/statistics/clv/purchase-history.ts';
import { createRandom } from '../../../pipeline/statistics/random.ts';
import { cdnow, inDays, inWeeks, worstOf } from './cdnow.ts';
import { type Customer, customerOf, simulateHistory } from './simulate.ts';

function fitted(history: PurchaseHistory): BgNbdFit {
  const fit = fitBgNbd(history);
  if (fit.kind === 'refused') throw new Error(fit.sentence);
  return fit;
}

function reorder(history: PurchaseHistory, order: readonly number[]): PurchaseHistory {
  const pick = (column: Float64Array): Float64Array =>
    Float64Array.from(order, (at) => column[at] ?? 0);
  return {
    frequency: pick(history.frequency),
    recency: pick(history.recency),
    age: pick(history.age),
  };
}

function rows(...customers: readonly (readonly [x: number, recency: number, age: number])[]) {
  const column = (at: 0 | 1 | 2): Float64Array => Float64Array.from(customers, (row) => row[at]);
  return { frequency: column(0), recency: column(1), age: column(2) };
}

const typical = { r: 0.5, alpha: 30, a: 0.8, b: 2.5 };
const places = inWeeks.frequency.length;

describe('BG/NBD of CDNOW', () => {
  const weekly = fitted(inWeeks);

  test('has the published parameters and log-likelihood', () => {
    const { r, alpha, a, b } = weekly.parameters;
    expect([r, alpha, a, b].map((value) => value.toFixed(5))).toEqual([
      '0.24259',
      '4.41353',
      '0.79289',
      '2.42575',
    ]);
    expect(weekly.logLikelihood.toFixed(4)).toBe('-9582.4256');
    expect(weekly).toMatchObject({ customers: 2357, repeaters: 946, warning: null });
  });

  test('is as likely as the fit of lifetimes at least, with its standard errors', () => {
    for (const [fit, truth] of [
      [weekly, cdnow.weeks],
      [fitted(inDays), cdnow.days],
    ] as const) {
      expect(fit.logLikelihood).toBeGreaterThan(truth.logLikelihood - 1e-7);
      expect(fit.logLikelihood).toBeLessThan(truth.logLikelihood + 0.01);
      for (const name of ['r', 'alpha', 'a', 'b'] as const) {
        expect(fit.parameters[name] / truth.parameters[name]).toBeCloseTo(1, 3);
        expect((fit.standardErrors?.[name] ?? 0) / truth.standardErrors[name]).toBeCloseTo(1, 3);
      }
    }
  });

  test('is the same to the byte for customers in another order', () => {
    const order = Array.from({ length: places }, (_, at) => (at * 1000 + 17) % places);
    expect(new Set(order).size).toBe(places);
    expect(fitted(reorder(inWeeks, order))).toEqual(weekly);
  });

  test('is the same for customers three times each, with standard errors as for so many', () => {
    const thrice = fitted(
      reorder(
        inWeeks,
        Array.from({ length: 3 * places }, (_, at) => at % places),
      ),
    );
    const { parameters, standardErrors, patterns } = thrice;
    expect(worstOf(Object.values(parameters), Object.values(weekly.parameters))).toBeLessThan(1e-9);
    const narrower = Object.values(weekly.standardErrors ?? {}).map(
      (error) => error / Math.sqrt(3),
    );
    expect(worstOf(Object.values(standardErrors ?? {}), narrower)).toBeLessThan(1e-6);
    expect(patterns).toBe(weekly.patterns);
  });

  test('in another unit of time has another alpha and the same r, a and b', () => {
    const times = (column: Float64Array): Float64Array => column.map((time) => time * 7e5);
    const { frequency, recency, age } = inWeeks;
    const { parameters } = fitted({ frequency, recency: times(recency), age: times(age) });
    const wanted = { ...weekly.parameters, alpha: weekly.parameters.alpha * 7e5 };
    expect(worstOf(Object.values(parameters), Object.values(wanted))).toBeLessThan(1e-9);
  });
});

describe('BG/NBD of simulated customers', () => {
  test.each([typical, { r: 3, alpha: 200, a: 0.3, b: 6 }, { r: 0.2, alpha: 5, a: 2, b: 2 }])(
    'finds the parameters that made them: %o',
    (truth) => {
      const simulation = { customers: 20_000, draw: customerOf(truth), ages: [60, 720] } as const;
      const { history } = simulateHistory(createRandom(12), simulation);
      const { parameters, standardErrors, warning } = fitted(history);
      expect(warning).toBeNull();
      for (const name of ['r', 'alpha', 'a', 'b'] as const) {
        const error = standardErrors?.[name] ?? 0;
        expect(error).toBeLessThan(0.15 * truth[name]);
        expect(Math.abs(parameters[name] - truth[name])).toBeLessThan(3.5 * error);
      }
    },
  );

  test('who all leave with the same chance has a warning, and predicts what happens', () => {
    const draw: Parameters<typeof simulateHistory>[1]['draw'] = (random) => ({
      ...customerOf(typical)(random),
      leaving: 0.2,
    });
    const simulation = { customers: 4000, draw, ages: [100, 400], ahead: 180 } as const;
    const { history, actual } = simulateHistory(createRandom(8), simulation);
    const { warning, standardErrors, parameters } = fitted(history);
    expect(warning?.kind).toBe('leaving-alike');
    expect(warning?.sentence).toContain('the same chance, 2');
    expect(standardErrors).toBeNull();
    const sum = (column: Float64Array): number => column.reduce((total, count) => total + count, 0);
    const predicted = sum(expectedPurchases(parameters, 180, history));
    expect(Math.abs(predicted / sum(actual) - 1)).toBeLessThan(0.05);
  });
});

describe('BG/NBD refuses, with a sentence,', () => {
  const simulated = (customers: number, draw: (customer: Customer) => Customer, seed = 7) =>
    simulateHistory(createRandom(seed), {
      customers,
      draw: (random) => draw(customerOf(typical)(random)),
      ages: [100, 400],
    }).history;
  const weekly = Array.from({ length: 300 }, (_, at) => {
    const x = Math.floor((50 + at) / 7);
    return [x, 7 * x, 50 + at] as const;
  });

  test.each([
    [
      'data in which nobody repeats',
      rows(...Array.from({ length: 50 }, (_, at) => [0, 0, at] as const)),
      'nobody-repeats',
      'None of 50 customers bought on a second day',
    ],
    [
      'customers seen for no time',
      rows(...Array.from({ length: 50 }, () => [0, 0, 0] as const)),
      'nobody-repeats',
      'None of 50',
    ],
    [
      'three customers',
      rows([1, 3, 9], [2, 4, 10], [0, 0, 7]),
      'too-few-customers',
      'at least 20 customers',
    ],
    ['no customers', rows(), 'too-few-customers', 'there are 0'],
    [
      'customers who are all the same',
      rows(...Array.from({ length: 500 }, () => [3, 50, 100] as const)),
      'too-few-patterns',
      'only 1 different histories',
    ],
    [
      'customers who come every week for ever',
      rows(...weekly),
      'parameters-run-off',
      'one and the same rate',
    ],
    [
      'customers who never leave',
      simulated(1000, (customer) => ({ ...customer, leaving: 0 })),
      'parameters-run-off',
      'no customer has stopped buying',
    ],
    [
      'customers who all buy at one rate',
      simulated(1000, (customer) => ({ ...customer, rate: 0.05 })),
      'parameters-run-off',
      'one and the same rate',
    ],
    [
      'customers who all leave at once',
      simulated(1000, (customer) => ({ ...customer, leaving: 1 })),
      'parameters-run-off',
      'after the first repeat purchase',
    ],
  ] as const)('%s', (_, history, reason, part) => {
    const fit = fitBgNbd(history);
    expect(fit).toEqual({ kind: 'refused', reason, sentence: expect.stringContaining(part) });
    expect(JSON.stringify(fit)).not.toMatch(/NaN|Infinity/);
  });

  test('or fits, but never tells of a number that is none, whatever few customers there are', () => {
    const reasons = new Set<string>();
    for (let seed = 0; seed < 90; seed += 1) {
      const fit = fitBgNbd(simulated(20 + (seed % 3) * 20, (customer) => customer, seed));
      reasons.add(fit.kind === 'refused' ? fit.reason : fit.kind);
      expect(JSON.stringify(fit)).not.toMatch(/NaN|Infinity/);
      if (fit.kind === 'refused') continue;
      const { r, alpha, a, b } = fit.parameters;
      expect([r, alpha, a, b, fit.logLikelihood].every(Number.isFinite)).toBe(true);
    }
    expect([...reasons].sort()).toEqual([
      'fitted',
      'likelihood-flat',
      'parameters-run-off',
      'too-few-customers',
    ]);
  });

  test.each([
    ['has -1 repeat purchases', rows([1, 2, 3], [-1, 0, 3])],
    ['has 1.5 repeat purchases', rows([1, 2, 3], [1.5, 1, 3])],
    ['has NaN repeat purchases', rows([1, 2, 3], [Number.NaN, 1, 3])],
    ['has an age of Infinity', rows([1, 2, 3], [1, 1, Infinity])],
    ['bought last at 4, not between 0 and the age, 3', rows([1, 2, 3], [1, 4, 3])],
    ['bought last at NaN', rows([1, 2, 3], [1, Number.NaN, 3])],
    ['never bought again, but last at 2', rows([1, 2, 3], [0, 2, 3])],
    ['bought again 2 times, but last at 0', rows([1, 2, 3], [2, 0, 3])],
  ])('a history that cannot be, by a RangeError: %s', (part, history) => {
    expect(() => fitBgNbd(history)).toThrow(RangeError);
    expect(() => fitBgNbd(history)).toThrow(`Customer 1 ${part}`);
  });
});
