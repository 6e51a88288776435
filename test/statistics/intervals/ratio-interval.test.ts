import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { bootstrapInterval } from '../../../pipeline/statistics/intervals/bootstrap-interval.ts';
import { contributionInterval } from '../../../pipeline/statistics/intervals/contribution-interval.ts';
import {
  ratioInterval,
  type RatioSums,
} from '../../../pipeline/statistics/intervals/ratio-interval.ts';
import { createRandom } from '../../../pipeline/statistics/random.ts';

interface Case {
  name: string;
  level: number;
  x: number[];
  y: number[];
  estimate: number;
  low: number;
  high: number;
  bootstrap: { bca: [number, number]; percentile: [number, number] } | null;
}

const fixture = new URL('../../fixtures/intervals/ratios.json', import.meta.url);
const cases = JSON.parse(readFileSync(fixture, 'utf8')) as Case[];

function sumOf(x: readonly number[], y: readonly number[] = x.map(() => 1)): number {
  return x.reduce((sum, value, row) => sum + value * (y[row] ?? 0), 0);
}

function sums(x: readonly number[], y: readonly number[]): RatioSums {
  return {
    n: x.length,
    x: sumOf(x),
    y: sumOf(y),
    xx: sumOf(x, x),
    yy: sumOf(y, y),
    xy: sumOf(x, y),
  };
}

const ratio = ([x = 0, y = 0]: Float64Array): number => x / y;

describe('the interval of a ratio', () => {
  test.each(cases)('of $name, from sums, is that of numpy from customers', (truth) => {
    expect(ratioInterval(sums(truth.x, truth.y), { level: truth.level })).toEqual({
      kind: 'interval',
      estimate: expect.closeTo(truth.estimate, 12),
      low: expect.closeTo(truth.low, 9),
      high: expect.closeTo(truth.high, 9),
      level: truth.level,
    });
  });

  test('of a contribution needs no more than the sums of part and whole', () => {
    const shares = cases.filter(({ name }) => name.startsWith('contribution'));
    expect(shares).toHaveLength(6);
    for (const { x, y, level, estimate, low, high } of shares) {
      const part = x.filter((value) => value !== 0);
      const found = contributionInterval(
        { n: part.length, x: sumOf(part), xx: sumOf(part, part) },
        { n: y.length, x: sumOf(y), xx: sumOf(y, y) },
        { level },
      );
      expect(found).toMatchObject({
        estimate: expect.closeTo(estimate, 12),
        low: expect.closeTo(low, 7),
        high: expect.closeTo(high, 7),
      });
    }
  });

  test('holds the true ratio about as often as it says, for skewed money of 60 customers', () => {
    const random = createRandom(17);
    const shares = { money: 0, contribution: 0 };
    const rounds = 1500;
    for (let round = 0; round < rounds; round += 1) {
      const orders = Array.from({ length: 60 }, () => 1 + random.integer(5));
      const money = orders.map((count) => count * 40 * Math.exp(0.5 * random.normal() - 0.125));
      const inPart = money.map((value) => (random.integer(10) < 6 ? value : 0));
      const found = ratioInterval(sums(money, orders));
      if (found.kind === 'interval' && found.low <= 40 && found.high >= 40) shares.money += 1;
      const share = ratioInterval(sums(inPart, money));
      if (share.kind === 'interval' && share.low <= 0.6 && share.high >= 0.6) {
        shares.contribution += 1;
      }
    }
    for (const covered of Object.values(shares)) {
      expect(covered / rounds).toBeGreaterThan(0.925);
      expect(covered / rounds).toBeLessThan(0.965);
    }
  });

  test('has no width where nothing varies, even at 1e8, and never a negative one', () => {
    const orders = Array.from({ length: 40 }, (_, row) => 1 + (row % 7));
    const money = orders.map((count) => count * 123_456_789.01);
    const found = ratioInterval(sums(money, orders));
    if (found.kind !== 'interval') throw new Error(found.kind);
    expect(found.high - found.low).toBeLessThan(10); // 16 digits of sums of squares leave 8
    expect(found.low).toBeLessThanOrEqual(found.estimate);
    expect(found.estimate).toBeLessThanOrEqual(found.high);
  });

  test('is not made of too few customers, nor over nothing, nor over what may be nothing', () => {
    const some = { n: 29, x: 1, y: 2, xx: 1, yy: 1, xy: 1 };
    expect(ratioInterval(some)).toEqual({ kind: 'too-few', n: 29, needed: 30 });
    expect(ratioInterval({ ...some, n: 1 }, { fewest: 0 })).toEqual({
      kind: 'too-few',
      n: 1,
      needed: 2,
    });
    const nothing = { n: 50, x: 10, y: 0, xx: 9, yy: 0, xy: 0 };
    expect(ratioInterval(nothing)).toEqual({ kind: 'no-value', reason: 'zero-denominator' });
    const wild = { n: 50, x: 10, y: 3, xx: 9, yy: 900, xy: 1 };
    expect(ratioInterval(wild)).toEqual({ kind: 'no-value', reason: 'unstable-denominator' });
    expect(() => ratioInterval({ ...wild, xy: Number.NaN })).toThrow('The sum of xy is NaN');
    expect(() => ratioInterval({ ...wild, xx: -1 })).toThrow('cannot be negative');
    expect(() => ratioInterval({ ...some, n: 40, x: 1e300, y: 1e-9, yy: 0 })).toThrow(
      'too far apart',
    );
    const few = { n: 12, x: 5, xx: 3 };
    const all = { n: 400, x: 90, xx: 80 };
    expect(contributionInterval(few, all)).toEqual({ kind: 'too-few', n: 12, needed: 30 });
    expect(() => contributionInterval(all, few)).toThrow('400 customers are no part of 12.');
  });
});

describe('the bootstrap', () => {
  test('is that of scipy up to the luck of drawing', () => {
    const truth = cases.find(({ bootstrap }) => bootstrap);
    if (!truth?.bootstrap) throw new Error('no case with a bootstrap');
    const columns = [Float64Array.from(truth.x), Float64Array.from(truth.y)];
    for (const method of ['bca', 'percentile'] as const) {
      const [low, high] = truth.bootstrap[method];
      const found = bootstrapInterval(columns, ratio, { method, level: 0.9, resamples: 50_000 });
      if (found.kind !== 'interval') throw new Error(found.kind);
      expect(found.estimate).toBeCloseTo(truth.estimate, 10);
      expect(Math.abs(found.low - low) / (high - low)).toBeLessThan(0.02);
      expect(Math.abs(found.high - high) / (high - low)).toBeLessThan(0.02);
    }
  });

  test('corrects a biased statistic of skewed values as that of scipy does', () => {
    const biased = new URL('../../fixtures/intervals/biased.json', import.meta.url);
    const truth = JSON.parse(readFileSync(biased, 'utf8')) as Record<string, number[]>;
    const x = Float64Array.from(truth['x'] ?? []);
    const variance = ([sum = 0, squares = 0]: Float64Array, n: number): number =>
      squares / n - (sum / n) ** 2;
    for (const method of ['bca', 'percentile'] as const) {
      const [low = 0, high = 0] = truth[method] ?? [];
      const options = { method, level: 0.9, resamples: 50_000 };
      const found = bootstrapInterval([x, x.map((value) => value * value)], variance, options);
      if (found.kind !== 'interval') throw new Error(found.kind);
      expect(Math.abs(found.low - low) / (high - low)).toBeLessThan(0.03);
      expect(Math.abs(found.high - high) / (high - low)).toBeLessThan(0.03);
    }
  });

  test('agrees with the linearised interval where customers are many', () => {
    const random = createRandom(9);
    const y = Float64Array.from({ length: 500 }, () => 1 + random.integer(6));
    const x = y.map((count) => count * (30 + 8 * random.normal()));
    const linear = ratioInterval(sums([...x], [...y]));
    const found = bootstrapInterval([x, y], ratio, { seed: 4 });
    if (linear.kind !== 'interval' || found.kind !== 'interval') throw new Error('no interval');
    const width = linear.high - linear.low;
    expect(Math.abs(found.low - linear.low) / width).toBeLessThan(0.06);
    expect(Math.abs(found.high - linear.high) / width).toBeLessThan(0.06);
    expect(bootstrapInterval([x, y], ratio, { seed: 4 })).toEqual(found);
    expect(bootstrapInterval([x, y], ratio, { seed: 5 })).not.toEqual(found);
  });

  test('says what it cannot tell', () => {
    const ones = new Float64Array(40).fill(1);
    const none = new Float64Array(40);
    const rare = none.with(3, 1);
    expect(bootstrapInterval([ones.subarray(0, 9), ones.subarray(0, 9)], ratio)).toEqual({
      kind: 'too-few',
      n: 9,
      needed: 30,
    });
    expect(bootstrapInterval([ones, none], ratio)).toEqual({
      kind: 'no-value',
      reason: 'zero-denominator',
    });
    expect(bootstrapInterval([ones, rare], ratio)).toEqual({
      kind: 'no-value',
      reason: 'unstable-denominator',
    });
    const same = { kind: 'interval', estimate: 1, low: 1, high: 1, level: 0.95 };
    expect(bootstrapInterval([ones, ones], ratio)).toEqual(same);
    expect(() => bootstrapInterval([ones, none.subarray(1)], ratio)).toThrow(
      'Column 1 has 39 values, but column 0 has 40.',
    );
    expect(() => bootstrapInterval([ones.with(7, Number.NaN)], ratio)).toThrow(
      'Row 7, column 0 is NaN.',
    );
  });
});
