import { describe, expect, test } from 'vitest';
import { allowedAround, reach } from '../../../pipeline/statistics/explanation/movable-column.ts';

describe('a movable column', () => {
  test('may take the multiples of its step and the value it has, and nothing between', () => {
    expect(allowedAround(2.5, 9, 1)).toEqual({ low: 2, high: 3 });
    expect(allowedAround(2.5, 2.2, 1)).toEqual({ low: 2.2, high: 3 });
    expect(allowedAround(2.5, 2.7, 1)).toEqual({ low: 2, high: 2.7 });
    expect(allowedAround(2.7, 2.7, 1)).toEqual({ low: 2.7, high: 2.7 });
    expect(allowedAround(-3, 0.5, 1)).toEqual({ low: -3, high: -3 });
    expect(allowedAround(0.295, 9, 0.01)).toEqual({ low: 0.29, high: 0.3 });
    expect(allowedAround(0.57, 9, 0.01)).toEqual({ low: 0.57, high: 0.57 });
    expect(allowedAround(7.1, 0, 2.5)).toEqual({ low: 5, high: 7.5 });
    expect(allowedAround(1.25, 0, undefined)).toEqual({ low: 1.25, high: 1.25 });
  });

  test('is moved to the very first double that gets there, up or down, however far', () => {
    for (const scaled of [-700, -3, 1e-9, 0.1, 5, 42.5, 700]) {
      const forward = (value: number): number => Math.sign(value) * Math.log1p(Math.abs(value));
      const to = scaled > 0.05 ? Number.MAX_VALUE : -Number.MAX_VALUE;
      const found = reach(forward, { from: 0.051, to }, scaled);
      const before = found + (0.051 - found) * 1e-14;
      const rising = to > 0;
      expect(rising ? forward(found) >= scaled : forward(found) <= scaled).toBe(true);
      expect(rising ? forward(before) < scaled : forward(before) > scaled).toBe(true);
    }
    expect(reach(Math.floor, { from: 0.5, to: 10 }, 7)).toBe(7);
    expect(reach(Math.floor, { from: 0.5, to: 10 }, 11)).toBe(10);
  });
});
