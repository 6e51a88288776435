import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { adjustedRandIndex } from '../../../pipeline/statistics/scores/adjusted-rand-index.ts';
import { goldens } from './goldens.ts';

describe('the adjusted Rand index', () => {
  test('is that of scikit-learn', () => {
    for (const { first, second, index } of goldens.randIndices) {
      const found = adjustedRandIndex(Int32Array.from(first), Int32Array.from(second));
      expect(found).toBeCloseTo(index, 13);
      expect(adjustedRandIndex(Int32Array.from(second), Int32Array.from(first))).toBeCloseTo(
        index,
        13,
      );
    }
  });

  test('does not depend on names of labels or the order of rows, and is 1 for a partition and itself', () => {
    const labels = fc.integer({ min: 0, max: 4 });
    fc.assert(
      fc.property(fc.array(fc.tuple(labels, labels), { minLength: 1, maxLength: 40 }), (rows) => {
        const first = Int32Array.from(rows, ([label]) => label);
        const second = Int32Array.from(rows, ([, label]) => label);
        const index = adjustedRandIndex(first, second);
        expect(index).toBeLessThanOrEqual(1);
        expect(index).toBeGreaterThanOrEqual(-0.5);
        const renamed = first.map((label) => (label * 7 + 3) % 11).toReversed();
        expect(adjustedRandIndex(renamed, second.toReversed())).toBe(index);
        expect(adjustedRandIndex(first, first)).toBe(1);
      }),
      { seed: 6 },
    );
  });

  test('of different rows or of none is refused', () => {
    expect(() => adjustedRandIndex(Int32Array.of(1), Int32Array.of(1, 2))).toThrow(
      'Labellings of the same rows are compared, not of 1 and 2 rows.',
    );
    expect(() => adjustedRandIndex(Int32Array.of(), Int32Array.of())).toThrow(RangeError);
  });
});
