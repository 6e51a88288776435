import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { matrixFromColumns } from '../../../pipeline/statistics/matrix.ts';
import { measureCollinearity } from '../../../pipeline/statistics/scaling/collinearity.ts';
import {
  type CorrelationMatrix,
  pearsonCorrelations,
  spearmanCorrelations,
} from '../../../pipeline/statistics/scaling/correlation.ts';

type Table = Record<string, (number | null)[]>;
type Numbers = (number | null)[][];
const fixture = new URL('../../fixtures/preprocessing/correlation.json', import.meta.url);
const truth = JSON.parse(readFileSync(fixture, 'utf8')) as {
  columns: Table;
  holes: Table;
  pearson: Numbers;
  spearman: Numbers;
  scipySpearman: Numbers;
  pearsonHoles: Numbers;
  spearmanHoles: Numbers;
  closePairs: number[][];
  inflation: number[];
};

function columnsOf(table: Table): Float64Array[] {
  return Object.values(table).map((column) => Float64Array.from(column, (x) => x ?? Number.NaN));
}

function expectSame(found: CorrelationMatrix, expected: Numbers): void {
  const digits = (rows: CorrelationMatrix): CorrelationMatrix =>
    rows.map((row) => row.map((r) => (r === null ? null : Number(r.toFixed(12)) + 0)));
  expect(digits(found)).toEqual(digits(expected));
}

const columns = columnsOf(truth.columns);
const varying = columns.filter((column) => column.some((value) => value !== column[0]));

describe('correlation', () => {
  test('Pearson is that of pandas, null for the constant column', () => {
    expectSame(pearsonCorrelations(columns), truth.pearson);
  });

  test('Spearman with ties is that of pandas and scipy', () => {
    expectSame(spearmanCorrelations(columns), truth.spearman);
    expectSame(spearmanCorrelations(varying), truth.scipySpearman);
  });

  test('missing values leave out their rows, pair by pair, as in pandas', () => {
    expectSame(pearsonCorrelations(columnsOf(truth.holes)), truth.pearsonHoles);
    expectSame(spearmanCorrelations(columnsOf(truth.holes)), truth.spearmanHoles);
  });

  test('offsets, tiny and huge scales change nothing', () => {
    const [a = new Float64Array(), b = new Float64Array()] = varying;
    const [[, expected = 0] = []] = truth.pearson;
    for (const change of [
      (x: number) => x + 1e8,
      (x: number) => x * 1e-300,
      (x: number) => x * 1e300,
    ]) {
      const found = pearsonCorrelations([a.map(change), b])[0]?.[1];
      expect(found).toBeCloseTo(expected ?? 0, 7);
    }
    const widest = pearsonCorrelations([Float64Array.of(-1.7e308, 1.7e308), Float64Array.of(1, 0)]);
    expect(widest[0]?.[1]).toBeCloseTo(-1, 14);
  });

  test('every number is from -1 to 1, symmetric, and a matter of units no more', () => {
    const value = fc.oneof(fc.integer({ min: -1000, max: 1000 }), fc.constant(Number.NaN));
    const pairs = fc.array(fc.tuple(value, value), { maxLength: 30 });
    fc.assert(
      fc.property(pairs, fc.integer({ min: -1e6, max: 1e6 }), (pairs, offset) => {
        const a = Float64Array.from(pairs, ([x]) => x);
        const b = Float64Array.from(pairs, ([, y]) => y);
        const moved = a.map((x) => 3 * x + offset);
        for (const of of [pearsonCorrelations, spearmanCorrelations]) {
          const found = of([a, b]);
          const again = of([moved, b])[0]?.[1] ?? null;
          const r = found[0]?.[1] ?? null;
          expect(found[1]?.[0]).toBe(r);
          if (r === null) expect(again).toBeNull();
          else {
            expect(Math.abs(r)).toBeLessThanOrEqual(1);
            expect(again).toBeCloseTo(r, 9);
          }
        }
      }),
    );
  });

  test('columns of different lengths and infinite values are refused', () => {
    expect(() => pearsonCorrelations([Float64Array.of(1), Float64Array.of(1, 2)])).toThrow(
      'Column 1 has 2 values, but column 0 has 1.',
    );
    expect(() => spearmanCorrelations([Float64Array.of(1, Infinity)])).toThrow(
      'Row 1, column 0 is Infinity',
    );
  });
});

describe('collinearity', () => {
  test('inflation factors are those of statsmodels', () => {
    const { inflation, pairs } = measureCollinearity(matrixFromColumns(varying));
    for (const [column, factor] of truth.inflation.entries()) {
      expect((inflation[column] ?? 0) / factor).toBeCloseTo(1, 9);
    }
    expect(pairs.map((pair) => pair.columns)).toEqual(truth.closePairs);
  });

  test('an exact combination is the most there is, bystanders are 1 and constants nothing', () => {
    const a = Float64Array.of(1, -1, 1, -1, 1, -1, 1, -1);
    const b = Float64Array.of(1, 1, -1, -1, 1, 1, -1, -1);
    const bystander = Float64Array.of(1, 1, 1, 1, -1, -1, -1, -1);
    const sum = a.map((x, row) => x + (b[row] ?? 0));
    const constant = new Float64Array(8).fill(3);
    const found = measureCollinearity(matrixFromColumns([a, b, sum, bystander, constant]));
    expect(found.pairs).toEqual([]);
    const [first, second, third, fourth, fifth] = found.inflation;
    expect([first, second, third, fifth]).toEqual([1e12, 1e12, 1e12, null]);
    expect(fourth).toBeCloseTo(1, 12);
    const twins = measureCollinearity(matrixFromColumns([a, a.map((x) => 5 - 2 * x)]));
    expect(twins.pairs).toEqual([{ columns: [0, 1], correlation: expect.closeTo(-1, 12) }]);
  });
});
