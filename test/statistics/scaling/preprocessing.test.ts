import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  columnOf,
  matrixFromColumns,
  matrixFromRows,
} from '../../../pipeline/statistics/matrix.ts';
import {
  applyPreprocessing,
  type ColumnOptions,
  fitPreprocessing,
  type FittedPreprocessing,
  fromScaling,
  invertPreprocessing,
} from '../../../pipeline/statistics/scaling/preprocessing.ts';
import {
  applyScaling,
  fitScaling,
  invertScaling,
  UnusableColumnError,
} from '../../../pipeline/statistics/scaling/scaling.ts';

const fixture = new URL('../../fixtures/preprocessing/pipelines.json', import.meta.url);
const truth = JSON.parse(readFileSync(fixture, 'utf8')) as {
  columns: Record<string, (number | null)[]>;
  expected: {
    missing: 'median' | 'mean' | 'zero' | 'constant';
    scaling: ColumnOptions['scaling'];
    transform: ColumnOptions['transform'];
    columns: Record<string, { clipped: number; scaled: number[] }>;
  }[];
};
const names = Object.keys(truth.columns);
const columns = names.map((name) =>
  Float64Array.from(truth.columns[name] ?? [], (value) => value ?? Number.NaN),
);
const plain: ColumnOptions = {
  missing: 'refuse',
  winsorise: null,
  transform: 'none',
  scaling: 'standard',
};

function prepare(values: number[], options: Partial<ColumnOptions>): number[] {
  const column = [Float64Array.from(values)];
  return [
    ...applyPreprocessing(column, fitPreprocessing(column, [{ ...plain, ...options }])).values,
  ];
}

describe('preprocessing', () => {
  test.each(truth.expected)('$missing, winsorised, $transform, $scaling as scikit-learn', (own) => {
    const missing =
      own.missing === 'constant' ? ({ kind: 'constant', value: -3.5 } as const) : own.missing;
    const { transform, scaling } = own;
    const options = { missing, transform, scaling, winsorise: { lower: 0.02, upper: 0.95 } };
    const fitted = fitPreprocessing(
      columns,
      columns.map(() => options),
    );
    const prepared = applyPreprocessing(columns, fitted);
    // Two searches for lambda agree to about 1e-7.
    const digits = transform === 'yeo-johnson' ? 5 : 10;
    for (const [index, name] of names.entries()) {
      const expected = own.columns[name];
      expect(fitted.columns[index]?.clipped).toBe(expected?.clipped);
      expect(fitted.columns[index]?.missing).toBe(
        truth.columns[name]?.filter((value) => value === null).length,
      );
      for (const [row, value] of columnOf(prepared, index).entries()) {
        expect(value, `${name}, row ${row}`).toBeCloseTo(expected?.scaled[row] ?? 0, digits);
      }
    }
  });

  test('what went through JSON prepares newcomers as before, and inverts what was not clipped', () => {
    const options = (['none', 'log1p', 'yeo-johnson'] as const).map((transform, index) => ({
      missing: 'median' as const,
      winsorise: { lower: 0.01, upper: 0.99 },
      transform,
      scaling: (['robust', 'minmax', 'standard'] as const)[index] ?? ('none' as const),
      weight: 0.5 + index,
    }));
    const fitted = fitPreprocessing(columns, options);
    const loaded = JSON.parse(JSON.stringify(fitted)) as FittedPreprocessing;
    expect(loaded).toEqual(fitted);
    const newcomers = matrixFromRows([
      [55.5, -20.25, -70],
      [9e9, -9e9, Number.NaN],
    ]);
    const back = invertPreprocessing(applyPreprocessing(newcomers, loaded), loaded);
    const bounds = loaded.columns.map((column) => column.bounds);
    const expected = [
      55.5,
      -20.25,
      -70,
      bounds[0]?.high ?? 0,
      bounds[1]?.low ?? 0,
      loaded.columns[2]?.impute ?? 0,
    ];
    for (const [at, value] of expected.entries()) {
      expect((back.values[at] ?? 0) / value).toBeCloseTo(1, 11);
    }
  });

  test('weights multiply, in the order impute, winsorise, transform, scale, weight', () => {
    const once = prepare([1, 2, 3, 10], {});
    expect(prepare([1, 2, 3, 10], { weight: 3 })).toEqual(once.map((value) => value * 3));
    const gaps = [0, Number.NaN, 4, 4, Number.NaN, 100];
    const filled = gaps.map((value) => (Number.isNaN(value) ? 4 : value));
    const winsorise = { lower: 0.2, upper: 0.8 };
    expect(prepare(gaps, { missing: 'median', winsorise, scaling: 'none' })).toEqual(
      filled.map((value) => (value === 0 || value === 100 ? 4 : value)),
    );
  });

  test('a scaling fitted before there was preprocessing gives the very same numbers', () => {
    const matrix = matrixFromRows([
      [1, -5, 7],
      [20, 300, 7],
      [0, 40, 7],
    ]);
    for (const transform of ['none', 'log1p'] as const) {
      for (const scaling of ['none', 'standard', 'robust', 'minmax'] as const) {
        const old = fitScaling(matrix, { transform, scaling });
        const scaled = applyScaling(matrix, old);
        expect(applyPreprocessing(matrix, fromScaling(old))).toEqual(scaled);
        expect(invertPreprocessing(scaled, fromScaling(old))).toEqual(invertScaling(scaled, old));
        const anew = fitPreprocessing(
          [0, 1, 2].map((at) => columnOf(matrix, at)),
          [0, 1, 2].map(() => ({ ...plain, transform, scaling })),
        );
        expect(anew).toEqual(fromScaling(old));
      }
    }
  });

  test('a linear change of units leaves standardised values as they are', () => {
    const values = fc.array(fc.integer({ min: -1e6, max: 1e6 }), { minLength: 2, maxLength: 40 });
    const units = fc.record({
      factor: fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
      offset: fc.integer({ min: -1e8, max: 1e8 }),
    });
    fc.assert(
      fc.property(values, units, (values, { factor, offset }) => {
        const once = prepare(values, {});
        const again = prepare(
          values.map((value) => value * factor + offset),
          {},
        );
        const [least, most] = [Math.min(...values), Math.max(...values)];
        fc.pre(least === most || (most - least) * factor > 1);
        for (const [row, value] of again.entries()) expect(value).toBeCloseTo(once[row] ?? 0, 5);
      }),
    );
  });

  test('customers in another order are prepared the same', () => {
    const column = columns[1] ?? new Float64Array();
    const options = { missing: 'mean', transform: 'yeo-johnson' } as const;
    const forwards = prepare([...column], options);
    const backwards = prepare([...column].toReversed(), options).toReversed();
    for (const [row, value] of forwards.entries()) {
      expect(backwards[row]).toBeCloseTo(value, 5);
    }
  });

  test('hostile columns become finite, of variance 1, or 0 where they are constant', () => {
    const random = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3];
    const hostile: Record<string, number[]> = {
      'offset of 1e8': random.map((value) => 1e8 + value / 128),
      'scale of 1e-300': random.map((value) => value * 1e-300),
      'scale of 1e150': random.map((value) => value * 1e150),
      'negative money': random.map((value) => -value * 1000),
      'both signs': random.map((value) => (value - 4) * 1e12),
      'two values': random.map((value) => (value > 4 ? 1 : 0)),
    };
    for (const [name, values] of Object.entries(hostile)) {
      for (const transform of ['none', 'log1p', 'yeo-johnson'] as const) {
        const prepared = prepare(values, { transform });
        const squares = prepared.reduce((sum, value) => sum + value * value, 0);
        const mean = prepared.reduce((sum, value) => sum + value, 0) / prepared.length;
        // At 1e8 log1p itself leaves 5 digits, Yeo-Johnson all of them.
        const digits = transform === 'log1p' ? 4 : 9;
        expect(squares / prepared.length, `${name}, ${transform}`).toBeCloseTo(1, digits);
        expect(mean, `${name}, ${transform}`).toBeCloseTo(0, digits);
      }
    }
    for (const transform of ['none', 'log1p', 'yeo-johnson'] as const) {
      expect(prepare([-7, -7, -7], { transform })).toEqual([0, 0, 0]);
      expect(prepare([1e8], { transform })).toEqual([0]);
      expect(prepare([Number.NaN, Number.NaN], { transform, missing: 'zero' })).toEqual([0, 0]);
      const constant = [Float64Array.of(-7, -7)];
      const fitted = fitPreprocessing(constant, [{ ...plain, transform }]);
      const back = invertPreprocessing(matrixFromRows([[0.3]]), fitted);
      expect(back.values[0]).toBeCloseTo(-7, 12);
    }
  });

  test('an inverse beyond the reach of Yeo-Johnson is the extreme that was fitted', () => {
    const column = [Float64Array.of(1, 1.1, 1.2, 1.3, 1.5, 2, 40)];
    const fitted = fitPreprocessing(column, [{ ...plain, transform: 'yeo-johnson' }]);
    expect(invertPreprocessing(matrixFromRows([[50]]), fitted).values[0]).toBe(40);
  });

  test('what cannot be prepared is refused with a sentence that names the place', () => {
    const gap = Float64Array.of(1, Number.NaN, 3);
    const whole = Float64Array.of(1, 2, 3);
    const fit = (column: Float64Array, options: Partial<ColumnOptions>) => () =>
      fitPreprocessing([whole, column], [plain, { ...plain, ...options }]);
    expect(fit(gap, {})).toThrow(UnusableColumnError);
    expect(fit(gap, {})).toThrow('Column 1 misses 1 of its 3 values');
    expect(fit(gap.fill(Number.NaN), { missing: 'median' })).toThrow(
      'Column 1 has no value at all',
    );
    expect(fit(Float64Array.of(1, Infinity, 2), {})).toThrow('Column 1 is Infinity in row 1.');
    expect(fit(Float64Array.of(1, 2), {})).toThrow('Column 1 has 2 values, but column 0 has 3.');
    expect(fit(Float64Array.of(0, 0, 9), { weight: 0 })).toThrow('weight must be above 0');
    expect(fit(whole, { winsorise: { lower: 0.9, upper: 0.1 } })).toThrow(
      '0 <= lower < upper <= 1',
    );
    expect(() => fitPreprocessing([whole, whole], [plain])).toThrow('2 columns have 1 options');
    expect(() => fitPreprocessing([], [])).toThrow('needs a column with a row');

    const fitted = fitPreprocessing([whole], [plain]);
    const apply = (value: number) => () =>
      applyPreprocessing(matrixFromRows([[1], [value]]), fitted);
    expect(apply(Number.NaN)).toThrow('Row 1, column 0 is missing');
    expect(apply(-Infinity)).toThrow('Row 1, column 0 has -Infinity');
    expect(() => applyPreprocessing([whole, whole], fitted)).toThrow('fitted on 1 columns');
    const steep = fitPreprocessing(
      [Float64Array.of(1000, 1900, 1990, 1999, 2000)],
      [{ ...plain, transform: 'yeo-johnson' }],
    );
    expect(() => applyPreprocessing(matrixFromRows([[1e200]]), steep)).toThrow('out of reach');
  });
});

test('columns and a matrix of the same values are prepared alike', () => {
  const two = [Float64Array.of(1, 2, Number.NaN), Float64Array.of(4, 4, 5)];
  const options = two.map(() => ({ ...plain, missing: 'zero' as const }));
  const fitted = fitPreprocessing(two, options);
  expect(applyPreprocessing(matrixFromColumns(two), fitted)).toEqual(
    applyPreprocessing(two, fitted),
  );
});
