import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { proportionInterval } from '../../../pipeline/statistics/intervals/proportion-interval.ts';

const fixture = new URL('../../fixtures/intervals/wilson.json', import.meta.url);
const truth = JSON.parse(readFileSync(fixture, 'utf8')) as number[][];

describe('the interval of a proportion', () => {
  test('is that of scipy', () => {
    for (const [successes = 0, n = 0, level = 0, low = 0, high = 0] of truth) {
      const found = proportionInterval(successes, n, { level });
      expect(found).toEqual({
        kind: 'interval',
        estimate: successes / n,
        low: expect.closeTo(low, 13),
        high: expect.closeTo(high, 13),
        level,
      });
    }
  });

  test('is that of Newcombe (1998), table I', () => {
    const published = [
      [81, 263, 0.2553, 0.3662],
      [15, 148, 0.0624, 0.1605],
      [0, 20, 0, 0.1611],
      [1, 29, 0.0061, 0.1718],
    ] as const;
    for (const [successes, n, low, high] of published) {
      expect(proportionInterval(successes, n, { fewest: 1 })).toMatchObject({
        low: expect.closeTo(low, 4),
        high: expect.closeTo(high, 4),
      });
    }
  });

  test('holds the true share nearly as often as it says, counted over all outcomes', () => {
    const n = 60;
    const coverages = Array.from({ length: 93 }, (_, step) => {
      const p = 0.04 + step / 100;
      let probability = (1 - p) ** n;
      let covered = 0;
      for (let successes = 0; successes <= n; successes += 1) {
        const interval = proportionInterval(successes, n);
        if (interval.kind !== 'interval') throw new Error(interval.kind);
        if (interval.low <= p && p <= interval.high) covered += probability;
        probability *= ((n - successes) / (successes + 1)) * (p / (1 - p));
      }
      return covered;
    });
    const mean = coverages.reduce((sum, covered) => sum + covered, 0) / coverages.length;
    expect(Math.abs(mean - 0.95)).toBeLessThan(0.005);
    expect(Math.min(...coverages)).toBeGreaterThan(0.915);
  });

  test('is not made of too few customers, nor of what is no share', () => {
    expect(proportionInterval(3, 29)).toEqual({ kind: 'too-few', n: 29, needed: 30 });
    expect(proportionInterval(0, 0, { fewest: 0 })).toEqual({ kind: 'too-few', n: 0, needed: 1 });
    expect(() => proportionInterval(5, 4)).toThrow('5 of 4 is no share of customers.');
    expect(() => proportionInterval(1, 40, { level: 95 })).toThrow('but this is 95.');
    expect(() => proportionInterval(1, Number.NaN)).toThrow('a whole number from 0, not NaN.');
  });
});
