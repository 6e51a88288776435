import { describe, expect, test } from 'vitest';
import { assignWithoutEmpty } from '../../pipeline/segmentation/fill-empty-clusters.ts';
import { matrixFromRows } from '../../pipeline/statistics/matrix.ts';

describe('empty clusters', () => {
  test('take the rows farthest from their own centroids, one after another', () => {
    const rows = matrixFromRows([[0], [1], [2], [10], [11], [50]]);
    const centroids = matrixFromRows([[1], [900], [1], [-900]]);
    const { labels, squaredDistances } = assignWithoutEmpty(rows, centroids);
    // 50 goes first, then 11; the second centroid at 1 gets nothing in a tie and takes one of 0 and 2.
    expect([...centroids.values]).toEqual([1, 50, 11, 0]);
    expect([...labels]).toEqual([3, 0, 0, 2, 2, 1]);
    expect([...squaredDistances]).toEqual([0, 0, 1, 1, 0, 0]);
  });

  test('that no different row can fill are refused with the number there is', () => {
    const rows = matrixFromRows([[4], [4], [7]]);
    expect(() => assignWithoutEmpty(rows, matrixFromRows([[4], [7], [100]]))).toThrow(
      '3 segments need at least 3 different customers, but there are 2.',
    );
  });
});
