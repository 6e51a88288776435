import { describe, expect, test } from 'vitest';
import { assignNearest } from '../../../pipeline/statistics/clustering/assign.ts';
import { matrixFromColumns, matrixFromRows, rowOf } from '../../../pipeline/statistics/matrix.ts';
import { createRandom } from '../../../pipeline/statistics/random.ts';

describe('nearest centroids', () => {
  test('are those that comparing every pair finds', () => {
    const random = createRandom(41);
    const cloud = (rows: number): number[][] =>
      Array.from({ length: rows }, () => [random.normal(), random.normal(), random.normal()]);
    const points = cloud(200);
    const centroids = cloud(9);
    const { labels, squaredDistances } = assignNearest(
      matrixFromRows(points),
      matrixFromRows(centroids),
    );
    for (const [row, point] of points.entries()) {
      const distances = centroids.map((center) =>
        Math.hypot(...center.map((value, j) => value - (point[j] ?? 0))),
      );
      const least = Math.min(...distances);
      expect(labels[row]).toBe(distances.indexOf(least));
      expect(squaredDistances[row]).toBeCloseTo(least ** 2, 10);
    }
  });

  test('of equally near ones the lowest index is taken, also at an offset of 1e8', () => {
    const points = matrixFromRows([[1e8 + 1], [1e8 + 0.5], [1e8 + 1.5]]);
    const centroids = matrixFromRows([[1e8 + 2], [1e8], [1e8], [1e8 + 2]]);
    const { labels, squaredDistances } = assignNearest(points, centroids);
    expect([...labels]).toEqual([0, 1, 0]);
    expect([...squaredDistances]).toEqual([1, 0.25, 0.25]);
  });

  test('rows and centroids of different width are refused', () => {
    expect(() => assignNearest(matrixFromRows([[1, 2]]), matrixFromRows([[1]]))).toThrow(
      RangeError,
    );
    expect(() => assignNearest(matrixFromRows([[1, 2]]), matrixFromRows([]))).toThrow(
      'to 0 centroids',
    );
  });

  test('a matrix of columns has the same rows as one of rows, and ragged input is refused', () => {
    const columns = matrixFromColumns([
      Float64Array.of(1, 2),
      Float64Array.of(3, 4),
      Float64Array.of(5, 6),
    ]);
    expect(columns).toEqual(
      matrixFromRows([
        [1, 3, 5],
        [2, 4, 6],
      ]),
    );
    expect(rowOf(columns, 1)).toEqual([2, 4, 6]);
    expect(() => matrixFromRows([[1, 2], [3]])).toThrow('Row 1 has 1 values, but row 0 has 2.');
    expect(() => matrixFromColumns([Float64Array.of(1), Float64Array.of(1, 2)])).toThrow(
      'Column 1 has 2',
    );
  });
});
