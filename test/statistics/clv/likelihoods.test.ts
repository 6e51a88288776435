import { describe, expect, test } from 'vitest';
import { createBgNbdLikelihood } from '../../../pipeline/statistics/clv/bg-nbd-likelihood.ts';
import { createGammaGammaLikelihood } from '../../../pipeline/statistics/clv/gamma-gamma-likelihood.ts';
import type { Objective } from '../../../pipeline/statistics/clv/minimise.ts';
import { collapsePatterns } from '../../../pipeline/statistics/clv/patterns.ts';
import { logGamma } from '../../../pipeline/statistics/clv/special-functions.ts';
import { cdnow, inDays, meanValue } from './cdnow.ts';

/** Twice the same customers, so that there are patterns of weight 1 no more, and some of x = 300. */
const columns = [inDays.frequency, inDays.recency, inDays.age].map((column, at) =>
  Float64Array.of(
    ...column,
    ...column,
    ...([
      [300, 300],
      [150, 199],
      [200, 200],
    ][at] ?? []),
  ),
);
const repeaters = inDays.frequency.map((x, at) => (x > 0 ? at : -1)).filter((at) => at >= 0);
const values = [inDays.frequency, meanValue].map((column) =>
  Float64Array.from(repeaters, (at) => column[at] ?? 0),
);

const bgNbd = createBgNbdLikelihood(collapsePatterns(columns));
const gammaGamma = createGammaGammaLikelihood(collapsePatterns(values));

function gradientsAt(objective: Objective, point: readonly number[]): [number[], number[]] {
  const gradient = new Float64Array(point.length);
  const ignored = new Float64Array(point.length);
  objective(Float64Array.from(point), gradient);
  const step = 1e-5;
  const numeric = point.map((_, at) => {
    const [above = 0, below = 0] = [step, -step].map((shift) =>
      objective(
        Float64Array.from(point, (entry, index) => entry + (index === at ? shift : 0)),
        ignored,
      ),
    );
    return (above - below) / (2 * step);
  });
  return [[...gradient], numeric];
}

/** Equation 6 of Fader, Hardie and Lee (2005), customer by customer, as it is printed. */
function printedBgNbd([r = 0, alpha = 0, a = 0, b = 0]: readonly number[]): number {
  const [xs, recencies, ages] = columns;
  let sum = 0;
  for (const [at, x] of (xs ?? []).entries()) {
    const alive = -(r + x) * Math.log(alpha + (ages?.[at] ?? 0));
    const gone =
      Math.log(a / (b + Math.max(1, x) - 1)) - (r + x) * Math.log(alpha + (recencies?.[at] ?? 0));
    const either = Math.max(alive, gone);
    const both =
      x === 0 ? alive : either + Math.log(Math.exp(alive - either) + Math.exp(gone - either));
    sum += logGamma(r + x) - logGamma(r) + r * Math.log(alpha) + both;
    sum += logGamma(a + b) + logGamma(b + x) - logGamma(b) - logGamma(a + b + x);
  }
  return -sum / (xs?.length ?? 0);
}

describe('the likelihood of BG/NBD', () => {
  const points = [
    [0.24, 30.9, 0.79, 2.43],
    [2, 4, 0.05, 9],
    [0.01, 300, 40, 0.3],
  ];

  test('is the printed one', () => {
    for (const point of points) {
      const found = bgNbd(Float64Array.from(point, Math.log), new Float64Array(4));
      expect(found / printedBgNbd(point)).toBeCloseTo(1, 11);
    }
  });

  test('has the gradient that differences have', () => {
    for (const point of [...points, [1e4, 1e6, 1e6, 4e6], [1e-4, 1e-3, 1e-5, 1e-5]]) {
      const [analytic, numeric] = gradientsAt(bgNbd, point.map(Math.log));
      for (const [at, slope] of numeric.entries()) {
        expect(Math.abs((analytic[at] ?? Number.NaN) - slope)).toBeLessThan(
          2e-8 * Math.max(1, Math.abs(slope)),
        );
      }
    }
  });

  test('keeps its digits where a and b are huge: no optimiser gains by rounding', () => {
    const at = (scale: number): number =>
      bgNbd(
        Float64Array.of(0.24, 30.9, 0.2 * scale, 0.8 * scale).map(Math.log),
        new Float64Array(4),
      );
    expect(at(1e14)).toBeCloseTo(at(1e12), 9);
    expect(at(1e16)).toBeCloseTo(at(1e12), 9);
  });
});

describe('the likelihood of Gamma-Gamma', () => {
  test('at the parameters of lifetimes is that of lifetimes', () => {
    const { parameters, logLikelihood } = cdnow.gammaGamma;
    const point = Float64Array.of(parameters.p, parameters.q, parameters.v).map(Math.log);
    const found = gammaGamma(point, new Float64Array(3)) * -repeaters.length;
    expect(found).toBeCloseTo(logLikelihood, 7);
  });

  test('has the gradient that differences have', () => {
    for (const point of [
      [6, 4, 15],
      [0.3, 0.7, 200],
      [300, 2000, 300],
    ]) {
      const [analytic, numeric] = gradientsAt(gammaGamma, point.map(Math.log));
      for (const [at, slope] of numeric.entries()) {
        expect(Math.abs((analytic[at] ?? Number.NaN) - slope)).toBeLessThan(
          2e-8 * Math.max(1, Math.abs(slope)),
        );
      }
    }
  });
});
