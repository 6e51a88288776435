import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalOrder } from '../../../pipeline/statistics/clustering/canonical-order.ts';
import { type Matrix, matrixFromRows, selectRows } from '../../../pipeline/statistics/matrix.ts';
import { shuffled } from './kernel-points.ts';

function inCanonicalOrder(matrix: Matrix): Matrix {
  return selectRows(matrix, canonicalOrder(matrix));
}

describe('the canonical order of rows', () => {
  test('is the same whatever order the rows come in', () => {
    const value = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.nat(3));
    const rows = fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(rows, fc.nat(1000), (rows, seed) => {
        const matrix = matrixFromRows(rows);
        const order = canonicalOrder(matrix);
        expect([...order].sort((a, b) => a - b)).toEqual(rows.map((_, row) => row));
        const there = inCanonicalOrder(shuffled(matrix, seed).matrix).values;
        // 0 and -0 are the same value, and may come in either order.
        expect([...there].map((x) => x + 0)).toEqual(
          [...inCanonicalOrder(matrix).values].map((x) => x + 0),
        );
      }),
    );
  });

  test('is the same where hashes of 32 bits collide, as those of 400,000 rows do', () => {
    const matrix = matrixFromRows(Array.from({ length: 400_000 }, (_, row) => [row / 7]));
    const there = inCanonicalOrder(shuffled(matrix, 3).matrix);
    expect(there.values).toEqual(inCanonicalOrder(matrix).values);
  });

  test('puts equal rows together', () => {
    const rows = Array.from({ length: 3000 }, (_, row) => [row % 10, (row * 7) % 3]);
    const { values } = inCanonicalOrder(matrixFromRows(rows));
    const seen: string[] = [];
    for (let at = 0; at < values.length; at += 2) {
      const row = `${values[at]} ${values[at + 1]}`;
      if (row !== seen.at(-1)) seen.push(row);
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBe(30);
  });
});
