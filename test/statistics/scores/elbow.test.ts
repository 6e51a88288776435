import { describe, expect, test } from 'vitest';
import { elbow } from '../../../pipeline/statistics/scores/elbow.ts';
import { goldens } from './goldens.ts';

function curve(...inertias: number[]): { k: number; inertia: number }[] {
  return inertias.map((inertia, index) => ({ k: index + 2, inertia }));
}

describe('the elbow of an inertia curve', () => {
  test.each(goldens.elbows)('of $name is the one kneed finds on logarithms', (truth) => {
    expect(elbow(truth.curve)).toBe(truth.elbow);
    const scaled = truth.curve.map(({ k, inertia }) => ({ k, inertia: inertia * 1e9 }));
    expect(elbow(scaled)).toBe(truth.elbow);
  });

  test('is the planted knee, and none where inertia falls by a power of k or not at all', () => {
    expect(elbow(curve(100, 60, 20, 18, 17, 16))).toBe(4);
    expect(elbow(curve(...[2, 3, 4, 5, 6, 7, 8].map((k) => 50 * k ** -0.7)))).toBe(null);
    expect(elbow(curve(5, 5, 5, 5))).toBe(null);
    expect(elbow(curve(100, 90, 75, 50, 10))).toBe(null); // bends the other way
    expect(elbow(curve(9, 1))).toBe(null);
  });

  test('is the first k that leaves no inertia', () => {
    expect(elbow(curve(9, 4, 0, 0))).toBe(4);
    expect(elbow(curve(9, 4, 3e-27, 2e-27))).toBe(4); // left by rounding
    expect(elbow(curve(0, 0))).toBe(null);
  });

  test('of what is no curve is refused', () => {
    expect(() => elbow([...curve(3, 2)].toReversed())).toThrow('rising k and inertias from 0');
    expect(() => elbow(curve(3, Number.NaN))).toThrow('not NaN at 3');
  });
});
