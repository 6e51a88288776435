import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { columnOf, matrixFromRows, rowOf } from '../../../pipeline/statistics/matrix.ts';
import {
  applyScaling,
  fitScaling,
  type FittedScaling,
  invertScaling,
  type Scaling,
  type Transform,
  UnusableColumnError,
} from '../../../pipeline/statistics/scaling/scaling.ts';

const fixture = new URL('../../fixtures/clustering/scaling.json', import.meta.url);
const { rows, expected } = JSON.parse(readFileSync(fixture, 'utf8')) as {
  rows: number[][];
  expected: Record<string, number[][]> & { 'none standard at 1e9': number[] };
};
const matrix = matrixFromRows(rows);
const AT_1E9 = 3;
const CONSTANT = 4;

const combinations = (['none', 'log1p'] as const).flatMap((transform) =>
  (['standard', 'robust', 'minmax'] as const).map((scaling) => ({ transform, scaling })),
);

function scaled(options: {
  transform: Transform;
  scaling: Scaling;
}): ReturnType<typeof applyScaling> {
  return applyScaling(matrix, fitScaling(matrix, options));
}

describe('scaling', () => {
  test.each(combinations)('$transform and $scaling are those of scikit-learn', (options) => {
    const truth = expected[`${options.transform} ${options.scaling}`] ?? [];
    const result = scaled(options);
    expect(truth).toHaveLength(rows.length);
    for (const [row, values] of truth.entries()) {
      for (const [column, value] of values.entries()) {
        if (column === CONSTANT) continue;
        // After log1p the values at 1e9 differ in their last digits only: half the digits are lost.
        const digits = column === AT_1E9 ? (options.transform === 'log1p' ? 4 : 6) : 11;
        expect(rowOf(result, row)[column], `row ${row}, column ${column}`).toBeCloseTo(
          value,
          digits,
        );
      }
    }
  });

  test('a narrow column at an offset of 1e9 keeps its digits', () => {
    const column = columnOf(scaled({ transform: 'none', scaling: 'standard' }), AT_1E9);
    for (const [row, value] of expected['none standard at 1e9'].entries()) {
      expect(column[row]).toBeCloseTo(value, 12);
    }
  });

  test.each(combinations)('a constant column becomes 0 with $transform and $scaling', (options) => {
    expect([...columnOf(scaled(options), CONSTANT)]).toEqual(rows.map(() => 0));
  });

  test('a column that varies by rounding alone is constant: noise is not blown up to size 1', () => {
    const noisy = matrixFromRows([[1e9], [1e9 + 2 ** -23], [1e9 - 2 ** -23], [1e9]]);
    for (const scaling of ['standard', 'robust', 'minmax'] as const) {
      const fitted = fitScaling(noisy, { transform: 'none', scaling });
      expect([...applyScaling(noisy, fitted).values]).toEqual([0, 0, 0, 0]);
    }
  });

  test('parameters that went through JSON scale a new customer as the first time, and back', () => {
    for (const options of combinations) {
      const fitted = fitScaling(matrix, options);
      const loaded = JSON.parse(JSON.stringify(fitted)) as FittedScaling;
      const newcomer = matrixFromRows([[1234.5, -700, 99, 1e9 + 3, 0.1]]);
      const once = applyScaling(newcomer, fitted);
      expect(applyScaling(newcomer, loaded)).toEqual(once);
      const back = rowOf(invertScaling(once, loaded), 0);
      for (const [column, value] of rowOf(newcomer, 0).entries()) {
        expect((back[column] ?? 0) / value).toBeCloseTo(1, 9);
      }
    }
  });

  test('what cannot be scaled is refused with a sentence that names the place', () => {
    const standard = { transform: 'none', scaling: 'standard' } as const;
    const holes = matrixFromRows([
      [1, 2],
      [3, Number.NaN],
    ]);
    expect(() => fitScaling(holes, standard)).toThrow(
      'Row 1, column 1 is NaN, not a finite number.',
    );
    const fitted = fitScaling(matrix, standard);
    expect(() => applyScaling(matrixFromRows([[1, 2, 3, 4, Infinity]]), fitted)).toThrow(
      'Row 0, column 4 is Infinity',
    );
    expect(() => applyScaling(matrixFromRows([[1]]), fitted)).toThrow('fitted on 5 columns');
    expect(() => fitScaling(matrixFromRows([[1e200], [-1e200]]), standard)).toThrow(
      'too far apart',
    );
    expect(() => fitScaling(matrixFromRows([]), standard)).toThrow('needs a row and a column');
    const mostlyZero = matrixFromRows([[0], [0], [0], [0], [0], [0], [0], [9]]);
    let refused: unknown;
    try {
      fitScaling(mostlyZero, { transform: 'log1p', scaling: 'robust' });
    } catch (error) {
      refused = error;
    }
    expect(refused).toBeInstanceOf(UnusableColumnError);
    expect(refused).toMatchObject({
      column: 0,
      message: expect.stringContaining('no robust scale'),
    });
  });
});
