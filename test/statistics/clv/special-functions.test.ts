import { describe, expect, test } from 'vitest';
import { digamma, logBeta, logGamma } from '../../../pipeline/statistics/clv/special-functions.ts';
import { fixture } from './cdnow.ts';

const truth = fixture('special-functions') as {
  points: number[];
  logGamma: number[];
  digamma: number[];
  pairs: [number, number][];
  logBeta: number[];
};

/** The largest difference, relative above 1 and absolute below. */
function worst(found: readonly number[], wanted: readonly number[]): number {
  return Math.max(
    ...wanted.map(
      (value, at) => Math.abs((found[at] ?? Number.NaN) - value) / Math.max(1, Math.abs(value)),
    ),
  );
}

describe('special functions', () => {
  test('ln Gamma and digamma are those of scipy from 1e-12 to 1e12', () => {
    expect(truth.points.length).toBeGreaterThan(150);
    expect(worst(truth.points.map(logGamma), truth.logGamma)).toBeLessThan(1e-14);
    expect(worst(truth.points.map(digamma), truth.digamma)).toBeLessThan(1e-14);
  });

  test('ln Beta is that of mpmath, however different its arguments, either way round', () => {
    expect(truth.pairs.length).toBeGreaterThan(100);
    expect(
      worst(
        truth.pairs.map(([p, q]) => logBeta(p, q)),
        truth.logBeta,
      ),
    ).toBeLessThan(1e-14);
    expect(
      worst(
        truth.pairs.map(([p, q]) => logBeta(q, p)),
        truth.logBeta,
      ),
    ).toBeLessThan(1e-14);
  });

  test('what is not a finite number above 0 is refused', () => {
    for (const bad of [0, -1, Number.NaN, Infinity]) {
      expect(() => logGamma(bad)).toThrow(`a finite number above 0, not ${bad}`);
      expect(() => digamma(bad)).toThrow(RangeError);
      expect(() => logBeta(bad, 3)).toThrow(RangeError);
      expect(() => logBeta(30, bad)).toThrow(RangeError);
    }
  });
});
