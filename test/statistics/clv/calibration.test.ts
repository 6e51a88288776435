import { describe, expect, test } from 'vitest';
import type { BgNbdParameters } from '../../../pipeline/statistics/clv/bg-nbd-parameters.ts';
import { calibrate } from '../../../pipeline/statistics/clv/calibration.ts';
import { expectedCumulative } from '../../../pipeline/statistics/clv/expected-cumulative.ts';
import { fixture } from './cdnow.ts';

const golden = fixture('hold-out') as Record<
  'frequency' | 'recency' | 'age' | 'actual',
  number[]
> & {
  length: number;
  parameters: BgNbdParameters;
  groups: { group: number; customers: number; predicted: number; actual: number }[];
  predicted: number;
  meanAbsoluteError: number;
  cumulative: Record<string, number>;
};

const holdOut = {
  history: {
    frequency: Float64Array.from(golden.frequency),
    recency: Float64Array.from(golden.recency),
    age: Float64Array.from(golden.age),
  },
  actual: Float64Array.from(golden.actual),
  length: golden.length,
};

describe('calibration', () => {
  const found = calibrate(golden.parameters, holdOut);

  test('of CDNOW, 39 weeks held out, has the groups of lifetimes and pandas', () => {
    expect(golden.groups).toHaveLength(8);
    expect(found.groups).toEqual(
      golden.groups.map(({ group, customers, predicted, actual }) => ({
        purchases: group,
        orMore: group === 7,
        customers,
        predicted: expect.closeTo(predicted, 10),
        actual: expect.closeTo(actual, 12),
      })),
    );
  });

  test('sums up to the bias and the mean absolute error', () => {
    const actual = golden.actual.reduce((sum, count) => sum + count, 0);
    expect(found).toMatchObject({
      customers: 2357,
      predicted: expect.closeTo(golden.predicted, 8),
      actual,
      bias: expect.closeTo((golden.predicted - actual) / 2357, 11),
      meanAbsoluteError: expect.closeTo(golden.meanAbsoluteError, 11),
    });
  });

  test('has no mean for a group without customers, and refuses what cannot be', () => {
    const history = {
      frequency: Float64Array.of(9),
      recency: Float64Array.of(5),
      age: Float64Array.of(8),
    };
    const { groups } = calibrate(golden.parameters, {
      history,
      actual: Float64Array.of(2),
      length: 9,
    });
    expect(groups[3]).toEqual({
      purchases: 3,
      orMore: false,
      customers: 0,
      predicted: null,
      actual: null,
    });
    expect(groups[7]).toMatchObject({ customers: 1, actual: 2 });
    const refused = (change: object) => () =>
      calibrate(golden.parameters, { ...holdOut, ...change });
    expect(refused({ actual: new Float64Array(3) })).toThrow('as many actual purchases, not 3');
    expect(refused({ actual: holdOut.actual.map((count) => count - 1) })).toThrow(
      'bought -1 times',
    );
    expect(refused({ length: Number.NaN })).toThrow('not NaN');
  });
});

describe('expected cumulative purchases', () => {
  test('of CDNOW, before and after the cut day, are those of lifetimes', () => {
    const times = Float64Array.from(Object.keys(golden.cumulative), Number);
    const found = expectedCumulative(golden.parameters, holdOut.history.age, times);
    for (const [at, time] of times.entries()) {
      expect((found[at] ?? 0) / (golden.cumulative[time] ?? 0)).toBeCloseTo(1, 10);
    }
    const before = expectedCumulative(
      golden.parameters,
      holdOut.history.age,
      Float64Array.of(-900),
    );
    expect([...before]).toEqual([0]);
  });

  test('refuse ages and times that cannot be', () => {
    const { parameters } = golden;
    const some = Float64Array.of(1);
    expect(() => expectedCumulative(parameters, Float64Array.of(1, -1), some)).toThrow(
      'Customer 1',
    );
    expect(() => expectedCumulative(parameters, some, Float64Array.of(Number.NaN))).toThrow('NaN');
  });
});
