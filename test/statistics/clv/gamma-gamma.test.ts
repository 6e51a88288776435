import { describe, expect, test } from 'vitest';
import { expectedValue } from '../../../pipeline/statistics/clv/expected-value.ts';
import { fitGammaGamma, type GammaGammaFit } from '../../../pipeline/statistics/clv/gamma-gamma.ts';
import type { PurchaseValues } from '../../../pipeline/statistics/clv/gamma-gamma-parameters.ts';
import { createRandom } from '../../../pipeline/statistics/random.ts';
import { cdnow, everyNth, inDays, meanValue, worstOf } from './cdnow.ts';
import { drawGamma, simulateValues } from './simulate.ts';

const { frequency } = inDays;
const names = ['p', 'q', 'v'] as const;

function fitted(values: PurchaseValues): GammaGammaFit {
  const fit = fitGammaGamma(values);
  if (fit.kind === 'refused') throw new Error(fit.sentence);
  return fit;
}

describe('Gamma-Gamma of CDNOW', () => {
  const fit = fitted({ frequency, meanValue });

  test('has the parameters of lifetimes, their standard errors and the log-likelihood', () => {
    const truth = cdnow.gammaGamma;
    expect(names.map((name) => fit.parameters[name].toFixed(6))).toEqual([
      '6.248802',
      '3.744588',
      '15.447748',
    ]);
    for (const name of names) {
      expect((fit.standardErrors?.[name] ?? 0) / truth.standardErrors[name]).toBeCloseTo(1, 4);
    }
    expect(fit.logLikelihood).toBeCloseTo(truth.logLikelihood, 7);
    expect(fit.correlation).toBeCloseTo(truth.correlation, 12);
    expect(fit).toMatchObject({ customers: 946, worthless: 0, warning: null });
  });

  test('expects the values that lifetimes expects', () => {
    const { every, value } = cdnow.days.predictions;
    const sample = { frequency: everyNth(frequency, every), meanValue: everyNth(meanValue, every) };
    const found = expectedValue(cdnow.gammaGamma.parameters, sample);
    expect(worstOf(found, value)).toBeLessThan(1e-12);
    const { parameters, populationMean } = fit;
    const stranger = { frequency: Float64Array.of(0), meanValue: Float64Array.of(Number.NaN) };
    expect([...expectedValue(parameters, stranger)]).toEqual([populationMean]);
  });

  test('is the same to the byte in another order, and leaves out who has no value', () => {
    const order = Array.from(frequency.keys(), (at) => (at * 1000 + 17) % frequency.length);
    const shuffled = {
      frequency: Float64Array.from([...order.map((at) => frequency[at] ?? 0), 4, 0]),
      meanValue: Float64Array.from([...order.map((at) => meanValue[at] ?? 0), 0, 12]),
    };
    expect(fitted(shuffled)).toEqual({ ...fit, worthless: 1 });
  });

  test('in another currency has another v and the same p and q', () => {
    const { parameters } = fitted({ frequency, meanValue: meanValue.map((value) => value * 1e8) });
    const { p, q, v } = fit.parameters;
    expect(
      worstOf(
        names.map((name) => parameters[name]),
        [p, q, v * 1e8],
      ),
    ).toBeLessThan(1e-8);
  });
});

describe('Gamma-Gamma of simulated customers', () => {
  const many = new Float64Array(20_000).map((_, at) => at % 6);

  const price = createRandom(9);
  const onceAndForAll = many.map(() => 1 / drawGamma(price, 3));

  test.each([
    { p: 6, q: 4, v: 15 },
    { p: 0.7, q: 2.2, v: 900 },
  ])('finds the parameters that made them: %o', (truth) => {
    const { parameters, standardErrors } = fitted(simulateValues(createRandom(5), truth, many));
    for (const name of names) {
      const error = standardErrors?.[name] ?? 0;
      expect(error).toBeLessThan(0.15 * truth[name]);
      expect(Math.abs(parameters[name] - truth[name])).toBeLessThan(3.5 * error);
    }
  });

  test('who do not differ has a warning, and expects the same of all', () => {
    const random = createRandom(7);
    const values = many.map((x) => (x === 0 ? 0 : (5 * drawGamma(random, 6 * x)) / x));
    const { warning, parameters, standardErrors } = fitted({ frequency: many, meanValue: values });
    expect(warning?.kind).toBe('values-alike');
    expect(standardErrors).toBeNull();
    const expected = expectedValue(parameters, { frequency: many, meanValue: values });
    expect(Math.max(...expected.map((value) => Math.abs(value - 30)))).toBeLessThan(0.5);
  });

  test.each([
    ['too-few-customers', 'there are 0', new Float64Array(30), new Float64Array(30)],
    ['too-few-customers', 'there are 3', Float64Array.of(1, 2, 3), Float64Array.of(5, 6, 7)],
    ['no-spread', 'the same mean value', many, many.map(() => 9.99)],
    [
      'mean-not-finite',
      'q is 0.786',
      many,
      simulateValues(createRandom(5), { p: 6, q: 0.8, v: 15 }, many).meanValue,
    ],
    ['parameters-run-off', 'always spends the same', many, onceAndForAll],
  ] as const)('is refused with a sentence: %s', (reason, part, xs, means) => {
    const fit = fitGammaGamma({ frequency: xs, meanValue: means });
    expect(fit).toEqual({ kind: 'refused', reason, sentence: expect.stringContaining(part) });
    expect(JSON.stringify(fit)).not.toMatch(/NaN/);
  });

  test('with counts or values that cannot be is refused by a RangeError', () => {
    const bad = (x: number, mean: number) => () =>
      fitGammaGamma({ frequency: Float64Array.of(1, x), meanValue: Float64Array.of(1, mean) });
    expect(bad(1.5, 1)).toThrow('Customer 1 has 1.5 purchases');
    expect(bad(-1, 1)).toThrow('Customer 1 has -1 purchases');
    expect(bad(1, -1)).toThrow('Customer 1 has a mean value of -1');
    expect(bad(1, Number.NaN)).toThrow('Customer 1 has a mean value of NaN');
    const values = { frequency: Float64Array.of(1), meanValue: Float64Array.of(1) };
    expect(() => expectedValue({ p: 6, q: 1, v: 15 }, values)).toThrow('q above 1');
  });
});
