import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  calinskiHarabasz,
  daviesBouldin,
  inertia,
} from '../../../pipeline/statistics/scores/cluster-scores.ts';
import { matrixFromRows } from '../../../pipeline/statistics/matrix.ts';
import { silhouette } from '../../../pipeline/statistics/scores/silhouette.ts';

interface Case {
  name: string;
  points: number[][];
  labels: number[];
  centroids: number[][];
  positions: number[];
  inertia: number;
  silhouette: number;
  calinskiHarabasz: number;
  daviesBouldin: number;
}

const fixture = new URL('../../fixtures/clustering/scores.json', import.meta.url);
const cases = JSON.parse(readFileSync(fixture, 'utf8')) as Case[];

function scoresOf(points: number[][], labels: number[]): Record<string, number> {
  const matrix = matrixFromRows(points);
  const given = Int32Array.from(labels);
  return {
    silhouette: silhouette(matrix, given).value,
    calinskiHarabasz: calinskiHarabasz(matrix, given),
    daviesBouldin: daviesBouldin(matrix, given),
  };
}

function expectScores(found: Record<string, number>, truth: Case, precision = 1e-11): void {
  for (const name of ['silhouette', 'calinskiHarabasz', 'daviesBouldin'] as const) {
    expect(Math.abs((found[name] ?? Number.NaN) / truth[name] - 1), name).toBeLessThan(precision);
  }
}

describe('cluster scores', () => {
  test.each(cases)('of $name are those of scikit-learn', (truth) => {
    expectScores(scoresOf(truth.points, truth.labels), truth);
    const found = inertia(
      matrixFromRows(truth.points),
      matrixFromRows(truth.centroids),
      Int32Array.from(truth.positions),
    );
    expect(found / truth.inertia).toBeCloseTo(1, 12);
  });

  test.each(cases)('of $name are the same at an offset of 1e8', (truth) => {
    const shifted = truth.points.map((point) => point.map((value) => value + 1e8));
    expectScores(scoresOf(shifted, truth.labels), truth);
    const found = inertia(
      matrixFromRows(shifted),
      matrixFromRows(truth.centroids.map((center) => center.map((value) => value + 1e8))),
      Int32Array.from(truth.positions),
    );
    expect(found / truth.inertia).toBeCloseTo(1, 6); // centroids themselves round at 1e8
  });

  test.each(cases)(
    'of $name do not depend on the order of rows, on labels or on the unit',
    (truth) => {
      const order = truth.points.map((_, row) => (row * 7 + 3) % truth.points.length);
      const points = order.map((row) => (truth.points[row] ?? []).map((value) => value * 1000));
      const labels = order.map((row) => 50 - (truth.labels[row] ?? 0));
      expectScores(scoresOf(points, labels), truth);
    },
  );

  test('clusters of identical rows are perfect, and one centre for two clusters is the worst', () => {
    const points = [
      [1, 1],
      [1, 1],
      [5, 5],
      [5, 5],
    ];
    expect(scoresOf(points, [0, 0, 1, 1])).toEqual({
      silhouette: 1,
      calinskiHarabasz: Infinity,
      daviesBouldin: 0,
    });
    const split = scoresOf(points, [0, 1, 0, 1]);
    expect(split['daviesBouldin']).toBe(Infinity);
    expect(split['silhouette']).toBe(-0.5);
    expect(split['calinskiHarabasz']).toBe(0);
  });

  test('equal rows under two labels have the variance ratio that scikit-learn gives them', () => {
    const equal = matrixFromRows(Array.from({ length: 20 }, () => [3.1, 1e8 + 0.1]));
    expect(
      calinskiHarabasz(
        equal,
        Int32Array.from({ length: 20 }, (_, row) => row % 2),
      ),
    ).toBe(1);
  });

  test('copies of a few rows are clusters without any dispersion, not one of rounding', () => {
    const kinds = [0.1, 0.7, 1.3].map((value) => [value, value / 3, 1e8 + value]);
    const copies = matrixFromRows(
      Array.from({ length: 300 }, (_, row) => kinds[row % kinds.length] ?? []),
    );
    const labels = Int32Array.from({ length: 300 }, (_, row) => row % kinds.length);
    expect(calinskiHarabasz(copies, labels)).toBe(Infinity);
    expect(daviesBouldin(copies, labels)).toBe(0);
  });

  test('squares that overflow are refused with a sentence', () => {
    const matrix = matrixFromRows([[-1e200], [1e200], [0], [1]]);
    const labels = Int32Array.of(0, 0, 1, 1);
    expect(() => calinskiHarabasz(matrix, labels)).toThrow('Row 0 is too far from its cluster');
    expect(() => daviesBouldin(matrix, labels)).toThrow('Row 0 is too far from its cluster');
    const ends = matrixFromRows([[-1.7e308], [1.7e308], [0]]);
    expect(() => calinskiHarabasz(ends, Int32Array.of(0, 1, 1))).toThrow('column 0 are too far');
    expect(() => inertia(matrix, matrixFromRows([[0]]), new Int32Array(4))).toThrow(
      'the squares overflow',
    );
  });

  test('what has no score is refused with a sentence', () => {
    const matrix = matrixFromRows([[1], [2], [3]]);
    const one = Int32Array.of(0, 0, 0);
    const each = Int32Array.of(0, 1, 2);
    for (const score of [calinskiHarabasz, daviesBouldin, silhouette]) {
      expect(() => score(matrix, one)).toThrow(
        'Scores need from 2 to 2 clusters for 3 rows, but there are 1.',
      );
      expect(() => score(matrix, each)).toThrow('but there are 3');
      expect(() => score(matrix, Int32Array.of(0, 1))).toThrow(
        '3 rows need as many labels, not 2.',
      );
      expect(() => score(matrix, Int32Array.of(0, -1, 1))).toThrow(
        'A label cannot be negative: -1.',
      );
      const hole = matrixFromRows([[1], [Number.NaN], [3]]);
      expect(() => score(hole, Int32Array.of(0, 0, 1))).toThrow('Row 1, column 0 is NaN');
    }
    expect(() => inertia(matrix, matrixFromRows([[1]]), Int32Array.of(0, 1, 0))).toThrow(
      'Label 1 names none of 1 centroids.',
    );
  });
});
