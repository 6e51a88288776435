import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { leastDistance } from '../../../pipeline/statistics/explanation/least-distance.ts';
import { nonNegativeLeastSquares } from '../../../pipeline/statistics/explanation/non-negative-least-squares.ts';

function read(name: string): unknown {
  const fixture = new URL(`../../fixtures/explanation/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(fixture, 'utf8'));
}

interface LeastSquares {
  columns: number[][];
  target: number[];
  factors: number[];
  length: number;
}

interface HalfSpaces {
  normals: number[][];
  least: number[];
  /** Null where no point is in all of them. */
  distance: number | null;
}

describe('non-negative least squares', () => {
  test('are those of scipy', () => {
    const cases = read('least-squares') as LeastSquares[];
    for (const { columns, target, factors, length } of cases) {
      const found = nonNegativeLeastSquares(
        columns.map((column) => Float64Array.from(column)),
        Float64Array.from(target),
      );
      expect(Math.hypot(...found.residual)).toBeCloseTo(length, 10);
      expect(Math.min(...found.factors)).toBeGreaterThanOrEqual(0);
      // With a residual of 0 and more columns than rows there are many such factors.
      if (length < 1e-9 && columns.length > target.length) continue;
      expect([...found.factors]).toEqual(factors.map((factor) => expect.closeTo(factor, 9)));
    }
  });
});

describe('the least distance', () => {
  test('is that of scipy, and null where its linear program has no solution', () => {
    const cases = read('half-spaces') as HalfSpaces[];
    expect(cases.filter(({ distance }) => distance === null).length).toBeGreaterThan(9);
    for (const { normals, least, distance } of cases) {
      const halfSpaces = normals.map((normal, index) => ({
        normal: Float64Array.from(normal),
        least: least[index] ?? 0,
      }));
      const found = leastDistance(halfSpaces, normals[0]?.length ?? 0);
      if (distance === null || !found) {
        expect(found).toBe(distance);
        continue;
      }
      expect(Math.hypot(...found)).toBeCloseTo(distance, 7);
      for (const { normal, least } of halfSpaces) {
        const along = found.reduce((sum, x, j) => sum + x * (normal[j] ?? 0), 0);
        expect(along).toBeGreaterThan(least - 1e-12);
      }
    }
  });

  test('is nothing where the origin is inside', () => {
    const inside = { normal: Float64Array.of(1, 0), least: -2 };
    expect(leastDistance([inside], 2)).toEqual(Float64Array.of(0, 0));
    expect(leastDistance([], 1)).toEqual(Float64Array.of(0));
  });
});
