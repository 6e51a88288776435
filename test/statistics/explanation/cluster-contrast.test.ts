import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contrastClusters } from '../../../pipeline/statistics/explanation/cluster-contrast.ts';
import { matrixFromRows } from '../../../pipeline/statistics/matrix.ts';

const number = fc.integer({ min: -99_991, max: 99_991 }).map((value) => value / 97);
const problems = fc.integer({ min: 1, max: 5 }).chain((columns) =>
  fc.record({
    row: fc.array(number, { minLength: columns, maxLength: columns }),
    centroids: fc.array(fc.array(number, { minLength: columns, maxLength: columns }), {
      minLength: 2,
      maxLength: 6,
    }),
  }),
);

function squared(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, column) => sum + (value - (b[column] ?? 0)) ** 2, 0);
}

describe('the contrast of a row', () => {
  test('is told by hand', () => {
    const centroids = matrixFromRows([
      [9, 9],
      [4, 0],
      [0, 0],
    ]);
    expect(contrastClusters([1, 3], centroids)).toEqual({
      label: 2,
      other: 1,
      margin: 8,
      confidence: 1 - Math.sqrt(10) / Math.sqrt(18),
      columns: [
        { contribution: 8, share: 1 },
        { contribution: 0, share: 0 },
      ],
    });
  });

  test('names the two nearest, and its contributions add up to the margin bit for bit', () => {
    fc.assert(
      fc.property(problems, ({ row, centroids }) => {
        const { label, other, margin, confidence, columns } = contrastClusters(
          row,
          matrixFromRows(centroids),
        );
        const distances = centroids.map((centroid) => squared(row, centroid));
        const order = [...distances.keys()].sort(
          (a, b) => (distances[a] ?? 0) - (distances[b] ?? 0) || a - b,
        );
        expect([label, other]).toEqual(order.slice(0, 2));
        expect(columns.reduce((sum, { contribution }) => sum + contribution, 0)).toBe(margin);
        const [near = 0, far = 0] = [distances[label], distances[other]];
        expect(Math.abs(margin - (far - near))).toBeLessThanOrEqual(1e-12 * (near + far));
        expect(confidence).toBeGreaterThanOrEqual(0);
        expect(confidence).toBeLessThanOrEqual(1);
        if (margin !== 0) {
          const shares = columns.reduce((sum, { share }) => sum + (share ?? 0), 0);
          const sizes = columns.reduce((sum, { share }) => sum + Math.abs(share ?? 0), 0);
          expect(Math.abs(shares - 1)).toBeLessThanOrEqual(1e-14 * sizes);
        }
      }),
      { seed: 3, numRuns: 1000 },
    );
  });

  test('is 0 on the border and 1 at the centroid, and keeps its digits at 1e8', () => {
    const centroids = matrixFromRows([
      [1e8, 5],
      [1e8 + 2, 5],
    ]);
    expect(contrastClusters([1e8 + 1, 0], centroids)).toEqual({
      label: 0,
      other: 1,
      margin: 0,
      confidence: 0,
      columns: [
        { contribution: 0, share: null },
        { contribution: 0, share: null },
      ],
    });
    expect(contrastClusters([1e8 + 2, 5], centroids)).toMatchObject({ label: 1, confidence: 1 });
    const near = contrastClusters([1e8 + 1 - 2 ** -20, 0], centroids);
    expect(near.columns[0]).toEqual({ contribution: 2 ** -18, share: 1 });
    const same = matrixFromRows([[3], [3]]);
    expect(contrastClusters([3], same)).toMatchObject({ confidence: 0, margin: 0 });
  });

  test('is refused without another cluster, and for what is no number', () => {
    expect(() => contrastClusters([1], matrixFromRows([[1]]))).toThrow('needs two centroids');
    const centroids = matrixFromRows([[1], [2]]);
    expect(() => contrastClusters([Number.NaN], centroids)).toThrow('Row 0, column 0 is NaN');
    expect(() => contrastClusters([1, 2], centroids)).toThrow('cannot be assigned');
    expect(() => contrastClusters([1e200], centroids)).toThrow('too far away');
  });
});
