import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { summariseColumn } from '../../../pipeline/statistics/column-summary.ts';
import { createRandom } from '../../../pipeline/statistics/random.ts';
import {
  fitYeoJohnson,
  inverseYeoJohnson,
  yeoJohnson,
} from '../../../pipeline/statistics/scaling/yeo-johnson.ts';

interface Case {
  name: string;
  values: number[];
  lambda: number;
  standard: number[];
}

function read(name: string): unknown {
  const fixture = new URL(`../../fixtures/preprocessing/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(fixture, 'utf8'));
}
const truth = read('yeo-johnson') as {
  columns: (Case & { plain: number[] })[];
  points: number[];
  grid: { lambda: number; y: number[] }[];
};
const far = read('far') as Case[];

function close(actual: number, expected: number, relative: number): void {
  const allowed = relative * Math.max(1, Math.abs(expected));
  expect(Math.abs(actual - expected), `${actual} for ${expected}`).toBeLessThanOrEqual(allowed);
}

function standardised(values: Float64Array): Float64Array {
  const { mean, deviation } = summariseColumn(values);
  return values.map((value) => (value - mean) / deviation);
}

describe('Yeo-Johnson', () => {
  test('every branch and limit of the formula is that of scipy', () => {
    for (const { lambda, y } of truth.grid) {
      for (const [index, x] of truth.points.entries()) {
        const expected = y[index] ?? 0;
        const actual = yeoJohnson(x, { lambda, anchor: 0 });
        expect(Math.abs(actual - expected)).toBeLessThanOrEqual(4e-15 * Math.abs(expected));
      }
    }
  });

  test.each(truth.columns)('$name: lambda and result are those of PowerTransformer', (truth) => {
    const fitted = fitYeoJohnson(Float64Array.from(truth.values));
    close(fitted.lambda, truth.lambda, 1e-6);
    for (const [row, x] of truth.values.entries()) {
      const expected = truth.plain[row] ?? 0;
      close(yeoJohnson(x, { lambda: truth.lambda, anchor: 0 }), expected, 1e-14);
    }
    const result = standardised(
      Float64Array.from(truth.values, (x) => yeoJohnson(x, { ...fitted, lambda: truth.lambda })),
    );
    for (const [row, value] of truth.standard.entries()) close(result[row] ?? 0, value, 1e-9);
  });

  test.each(far)('$name: far from 0 and 1 it is what 400 digits give', (truth) => {
    const fitted = fitYeoJohnson(Float64Array.from(truth.values));
    expect(Math.abs(fitted.lambda / truth.lambda - 1)).toBeLessThan(2e-4);
    const exact = { ...fitted, lambda: truth.lambda };
    const result = standardised(
      // Squares of the tiny ones would vanish.
      Float64Array.from(truth.values, (x) => yeoJohnson(x, exact) / Math.abs(truth.values[0] ?? 1)),
    );
    for (const [row, value] of truth.standard.entries()) close(result[row] ?? 0, value, 1e-9);
  });

  test('of many values is that of all of them, copies of a few make no other lambda', () => {
    const random = createRandom(7);
    const few = Float64Array.from({ length: 15_000 }, () => Math.exp(random.normal()) - 0.3);
    for (const copies of [2, 5]) {
      const many = new Float64Array(few.length * copies);
      for (let copy = 0; copy < copies; copy += 1) many.set(few, copy * few.length);
      close(fitYeoJohnson(many).lambda, fitYeoJohnson(few).lambda, 1e-4);
    }
  });

  test('of many equal values and a few others sees the others', () => {
    const column = new Float64Array(100_000);
    column.set([1, 3, 2000], 50_000);
    const { lambda, anchor } = fitYeoJohnson(column);
    const result = standardised(column.map((x) => yeoJohnson(x, { lambda, anchor })));
    expect(result.every(Number.isFinite)).toBe(true);
    expect(lambda).toBeLessThan(0);
  });

  test('a constant column, and one of both signs too large for any power, are left as they are', () => {
    expect(fitYeoJohnson(Float64Array.of(5, 5, 5)).lambda).toBe(1);
    expect(fitYeoJohnson(Float64Array.of(0, 0)).lambda).toBe(1);
    expect(fitYeoJohnson(Float64Array.of(-3e8)).lambda).toBe(1);
    expect(fitYeoJohnson(Float64Array.of(-1e150, 2, 3e150)).lambda).toBe(1);
    expect(() => fitYeoJohnson(Float64Array.of(1, Number.NaN))).toThrow('finite numbers');
  });

  test('the inverse returns, on both sides of 0, whatever the anchor', () => {
    const number = fc.double({ min: -1e4, max: 1e4, noNaN: true });
    const fitted = fc.record({
      lambda: fc.double({ min: -0.5, max: 2.5, noNaN: true }),
      anchor: fc.double({ min: -1e3, max: 1e3, noNaN: true }),
    });
    fc.assert(
      fc.property(number, fitted, (x, power) => {
        const y = yeoJohnson(x, power);
        expect(Math.abs(inverseYeoJohnson(y, power) - x)).toBeLessThan(1e-7 * (1 + Math.abs(x)));
      }),
    );
  });

  test('an anchor moves and stretches, no more: the order and the ratios of distances stay', () => {
    const plain = { lambda: -0.7, anchor: 0 };
    const anchored = { lambda: -0.7, anchor: 12 };
    const points = [-3, 0, 2, 12, 40];
    const first = standardised(Float64Array.from(points, (x) => yeoJohnson(x, plain)));
    const second = standardised(Float64Array.from(points, (x) => yeoJohnson(x, anchored)));
    for (const [at, value] of first.entries()) expect(second[at]).toBeCloseTo(value, 12);
    expect(yeoJohnson(12, anchored)).toBe(0);
  });

  test('beyond the asymptote there is no inverse', () => {
    expect(inverseYeoJohnson(2, { lambda: -0.5, anchor: 0 })).toBe(Infinity);
    expect(inverseYeoJohnson(-2, { lambda: 2.5, anchor: 0 })).toBe(-Infinity);
  });
});
