import { describe, expect, test } from 'vitest';
import { matrixFromRows, rowOf } from '../../../pipeline/statistics/matrix.ts';
import { createRandom } from '../../../pipeline/statistics/random.ts';
import { drawSeeds } from '../../../pipeline/statistics/scores/draw-seeds.ts';
import {
  gapChoice,
  gapRow,
  gapStatistic,
} from '../../../pipeline/statistics/scores/gap-statistic.ts';
import { drawReference, referenceBox } from '../../../pipeline/statistics/scores/reference-box.ts';
import { goldens } from './goldens.ts';
import { lloyd } from './lloyd.ts';

const turn = [
  [0.8, 0.6],
  [-0.6, 0.8],
];
/** The corners of a rectangle of 10 x 2 that lies along `turn`. */
const corners = [
  [0, 0],
  [8, 6],
  [6.8, 7.6],
  [-1.2, 1.6],
];

function choiceOf(...gaps: [number, number][]): number | null {
  return gapChoice(
    gaps.map(([gap, standardError], index) => ({ k: index + 1, gap, standardError })),
  );
}

describe('the box of references', () => {
  test('reaches as far as the rows along its axes, whatever their offset and order', () => {
    for (const offset of [0, 1e8]) {
      const moved = matrixFromRows(corners.map((row) => row.map((value) => value + offset)));
      const box = referenceBox(moved, matrixFromRows(turn));
      expect(box.rows).toBe(4);
      expect(box.extents[0]).toBeCloseTo(10, 6);
      expect(box.extents[1]).toBeCloseTo(2, 6);
    }
    expect(referenceBox(matrixFromRows(corners)).extents[0]).toBeCloseTo(9.2, 12);
    expect(referenceBox(matrixFromRows(corners.toReversed()), matrixFromRows(turn))).toEqual(
      referenceBox(matrixFromRows(corners), matrixFromRows(turn)),
    );
  });

  test('is filled evenly, the same for the same seed', () => {
    const box = { extents: Float64Array.of(6, 0, 2), rows: 4000 };
    const reference = drawReference(box, 7);
    expect(drawReference(box, 7)).toEqual(reference);
    const quarters = new Int32Array(16);
    for (let row = 0; row < 4000; row += 1) {
      const [x = -1, constant = -1, y = -1] = rowOf(reference, row);
      expect(constant).toBe(0);
      const cell = Math.floor((x / 6) * 4) * 4 + Math.floor((y / 2) * 4);
      quarters[cell] = (quarters[cell] ?? 0) + 1;
    }
    const chi = quarters.reduce((sum, count) => sum + (count - 250) ** 2 / 250, 0);
    expect(chi).toBeLessThan(37.7); // chi-squared of 15 degrees, 0.999
  });

  test('of other axes than columns is refused', () => {
    expect(() => referenceBox(matrixFromRows(corners), matrixFromRows([[1, 0]]))).toThrow(
      'Rows of 2 columns lie in a box of 2 axes, not of 1 x 2 values.',
    );
  });
});

describe('the gap statistic', () => {
  test.each(goldens.gaps)('of $name is that of scikit-learn and numpy', (truth) => {
    const references = 40;
    const found = gapStatistic(matrixFromRows(truth.points), {
      ks: [1, 2, 3, 4, 5],
      references,
      seed: 8,
      axes: matrixFromRows(truth.axes),
      fit: (matrix, k, seed) => lloyd(matrix, k, seed).inertia,
    });
    for (const [index, { gap, standardError }] of found.rows.entries()) {
      const spread = truth.spreads[index] ?? NaN;
      const chance = spread * Math.sqrt(1 / references + 1 / truth.references);
      expect(Math.abs(gap - (truth.gaps[index] ?? NaN))).toBeLessThan(4 * chance);
      expect(standardError / spread).toBeGreaterThan(0.6);
      expect(standardError / spread).toBeLessThan(1.5);
    }
  });

  test('takes 1 for rows spread evenly, and the number of groups where there are some', () => {
    const fit = (matrix: Parameters<typeof lloyd>[0], k: number, seed: number): number =>
      lloyd(matrix, k, seed).inertia;
    const even = drawReference({ extents: Float64Array.of(1, 1), rows: 300 }, 2);
    const options = { ks: [1, 2, 3, 4, 5, 6], references: 20, seed: 1, fit };
    expect(gapStatistic(even, options).k).toBe(1);
    // The paper's model (b): 25, 25 and 50 normal rows about three centres in the plane.
    const random = createRandom(14);
    const groups = Array.from({ length: 100 }, (_, row) => {
      const [x = 5, y = -3] = row < 25 ? [0, 0] : row < 50 ? [0, 5] : [];
      return [x + random.normal(), y + random.normal()];
    });
    expect(gapStatistic(matrixFromRows(groups), options).k).toBe(3);
  });

  test('is the mean logarithm of the references over that of the data, and s the paper has', () => {
    const row = gapRow(3, Math.E, [Math.E ** 2, Math.E ** 4]);
    expect(row.k).toBe(3);
    expect(row.gap).toBeCloseTo(2, 14);
    expect(row.standardError).toBeCloseTo(Math.sqrt(1.5), 14);
    expect(gapRow(3, 0, [1, 1])).toEqual({ k: 3, gap: Infinity, standardError: 0 });
  });

  test('takes the smallest k not clearly below the next one', () => {
    expect(choiceOf([0.1, 0], [0.5, 0.1], [0.55, 0.1], [0.9, 0])).toBe(2);
    expect(choiceOf([0.3, 0], [0.35, 0.1])).toBe(1);
    expect(choiceOf([0.1, 0], [0.5, 0.1])).toBe(null);
    expect(choiceOf([0.1, 0], [Infinity, 0], [Infinity, 0])).toBe(2);
  });

  test('is computed one k and reference at a time to the same bytes', () => {
    const matrix = matrixFromRows(goldens.gaps[0]?.points ?? []);
    const fit = (rows: typeof matrix, k: number, seed: number): number =>
      lloyd(rows, k, seed, 1).inertia;
    const whole = gapStatistic(matrix, { ks: [1, 2, 3], references: 3, seed: 4, fit });
    const box = referenceBox(matrix);
    const rows = [3, 1, 2].map((k) => {
      const logs = drawSeeds(4, 3).map((seed) => fit(drawReference(box, seed), k, seed));
      return gapRow(k, fit(matrix, k, 4), logs);
    });
    expect(rows.toSorted((a, b) => a.k - b.k)).toEqual(whole.rows);
    expect(drawSeeds(4, 5).slice(0, 3)).toEqual(drawSeeds(4, 3));
  });

  test('without references, spread or inertia is refused', () => {
    expect(() => gapRow(2, 1, [1])).toThrow('A gap needs 2 references at least, not 1.');
    expect(() => gapRow(2, 1, [1, 0])).toThrow('a reference has no inertia');
    expect(() => gapRow(2, Number.NaN, [1, 2])).toThrow('not NaN');
  });
});
