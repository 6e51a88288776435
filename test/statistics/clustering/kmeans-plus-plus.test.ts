import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { assignNearest } from '../../../pipeline/statistics/clustering/assign.ts';
import { kmeansPlusPlus } from '../../../pipeline/statistics/clustering/kmeans-plus-plus.ts';
import { type Matrix, matrixFromRows, rowOf } from '../../../pipeline/statistics/matrix.ts';
import { createRandom } from '../../../pipeline/statistics/random.ts';

const fixture = new URL('../../fixtures/clustering/kmeans.json', import.meta.url);
const { points, meanStartingInertia } = JSON.parse(readFileSync(fixture, 'utf8')) as {
  points: number[][];
  meanStartingInertia: number;
};

function potentialOf(matrix: Matrix, centers: Matrix): number {
  return assignNearest(matrix, centers).squaredDistances.reduce((sum, square) => sum + square, 0);
}

describe('k-means++ starts', () => {
  test('are on average as good as those of scikit-learn', () => {
    const matrix = matrixFromRows(points);
    const random = createRandom(51);
    let sum = 0;
    for (let start = 0; start < 400; start += 1) {
      sum += potentialOf(matrix, kmeansPlusPlus(matrix, 5, random));
    }
    // Each mean of 400 starts has a standard error below 1%; starts without trials are 20% worse.
    expect(Math.abs(sum / 400 / meanStartingInertia - 1)).toBeLessThan(0.03);
  });

  test('are different rows of the matrix, even where most rows are equal', () => {
    const rows = Array.from({ length: 500 }, (_, row) => [row < 496 ? 0 : row]);
    const centers = kmeansPlusPlus(matrixFromRows(rows), 5, createRandom(52));
    const found = Array.from({ length: 5 }, (_, row) => rowOf(centers, row)[0] ?? Number.NaN);
    expect(found.sort((a, b) => a - b)).toEqual([0, 496, 497, 498, 499]);
    expect(() => kmeansPlusPlus(matrixFromRows(rows), 6, createRandom(52))).toThrow(
      '6 starting centres need 6 different rows, but there are 5.',
    );
  });
});
