import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  normalProbability,
  normalQuantile,
} from '../../../pipeline/statistics/intervals/normal-distribution.ts';
import { studentTQuantile } from '../../../pipeline/statistics/intervals/student-t-quantile.ts';

const fixture = new URL('../../fixtures/intervals/quantiles.json', import.meta.url);
const truth = JSON.parse(readFileSync(fixture, 'utf8')) as {
  normal: [p: number, quantile: number][];
  probability: [x: number, probability: number][];
  student: [p: number, df: number, quantile: number][];
};

function expectRelative(found: number, expected: number, precision: number, of: string): void {
  const error = Math.abs(found - expected);
  expect(error, `${of}: ${found}, not ${expected}`).toBeLessThanOrEqual(
    precision * Math.abs(expected),
  );
}

describe('quantiles', () => {
  test('of the normal distribution are those of scipy, and its probabilities too', () => {
    for (const [p, quantile] of truth.normal) {
      expectRelative(normalQuantile(p), quantile, 4e-15, `p = ${p}`);
    }
    for (const [x, probability] of truth.probability) {
      expect(Math.abs(normalProbability(x) - probability), `x = ${x}`).toBeLessThan(1e-15);
    }
  });

  test("of Student's t are those of scipy for half a degree of freedom to a billion", () => {
    for (const [p, df, quantile] of truth.student) {
      expectRelative(studentTQuantile(p, df), quantile, 1e-12, `p = ${p}, df = ${df}`);
    }
  });

  test("of Student's t are the printed ones, and those of the closed forms", () => {
    expect(studentTQuantile(0.975, 10)).toBeCloseTo(2.228139, 6);
    expect(studentTQuantile(0.995, 29)).toBeCloseTo(2.756386, 6);
    for (const p of [1e-12, 0.003, 0.2, 0.4999999, 0.500001, 0.7, 0.999]) {
      const cauchy =
        Math.abs(p - 0.5) < 0.25 ? Math.tan(Math.PI * (p - 0.5)) : -1 / Math.tan(Math.PI * p);
      expectRelative(studentTQuantile(p, 1), cauchy, 1e-12, `p = ${p}, df = 1`);
      const two = (2 * p - 1) / Math.sqrt(2 * p * (1 - p));
      expectRelative(studentTQuantile(p, 2), two, 1e-12, `p = ${p}, df = 2`);
    }
  });

  test('are refused outside 0 .. 1 and without a degree of freedom', () => {
    expect(() => normalQuantile(0)).toThrow('A probability lies between 0 and 1, not at 0.');
    expect(() => studentTQuantile(1, 4)).toThrow('not at 1.');
    expect(() => studentTQuantile(Number.NaN, 4)).toThrow('not at NaN.');
    expect(() => studentTQuantile(0.9, 0)).toThrow('needs degrees of freedom above 0, not 0.');
  });
});
