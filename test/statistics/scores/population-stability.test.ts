import { describe, expect, test } from 'vitest';
import {
  type Baseline,
  baselineOf,
  populationStability,
} from '../../../pipeline/statistics/scores/population-stability.ts';
import { createRandom } from '../../../pipeline/statistics/random.ts';

/** Siddiqi's bounds (2006): above this a column has shifted. */
const SHIFT = 0.25;

function repeated(...parts: readonly [value: number, count: number][]): Float64Array {
  return Float64Array.from(parts.flatMap(([value, count]) => Array<number>(count).fill(value)));
}

function normals(seed: number, rows: number): Float64Array {
  const random = createRandom(seed);
  return Float64Array.from({ length: rows }, () => random.normal());
}

const drifted: [string, Float64Array, Float64Array][] = [
  ['a flag that most had, and nobody has', repeated([0, 70], [1, 930]), repeated([0, 1000])],
  ['a flag that few had, and all have', repeated([0, 930], [1, 70]), repeated([1, 1000])],
  ['a constant that became another, higher', repeated([5, 1000]), repeated([1000, 1000])],
  ['a constant that became another, lower', repeated([5, 1000]), repeated([4.5, 1000])],
  [
    'a middle value that became the one below',
    repeated([0, 50], [1, 900], [2, 50]),
    repeated([0, 950], [2, 50]),
  ],
  [
    'zeros that became refunds',
    repeated([0, 300], ...[...normals(1, 700)].map((x): [number, number] => [Math.exp(x), 1])),
    repeated([-0.01, 300], ...[...normals(1, 700)].map((x): [number, number] => [Math.exp(x), 1])),
  ],
  [
    'a tenth at the top that went far beyond',
    normals(2, 1000),
    normals(2, 1000).map((x) => (x > 1.2 ? x * 100 : x)),
  ],
];

describe('population stability', () => {
  test.each(drifted)('sees %s', (_, then, now) => {
    expect(populationStability(now, baselineOf(then))).toBeGreaterThan(SHIFT);
    expect(populationStability(then, baselineOf(then))).toBe(0);
  });

  test('of other customers of the same kind is small, and so is it where all grow a little older', () => {
    const baseline = baselineOf(normals(3, 5000));
    expect(populationStability(normals(4, 5000), baseline)).toBeLessThan(0.01);
    const tenure = Float64Array.from({ length: 3650 }, (_, at) => at / 10);
    const week = tenure.map((days) => days + 7);
    expect(populationStability(week, baselineOf(tenure))).toBeLessThan(0.02);
  });

  test('of a constant that rounds otherwise is 0', () => {
    const then = baselineOf(repeated([0.1 + 0.2, 100]));
    expect(populationStability(repeated([0.3, 100]), then)).toBe(0);
    const both = baselineOf(repeated([0.3, 50], [0.1 + 0.2, 50]));
    expect(populationStability(repeated([0.3, 100]), both)).toBe(0);
  });

  test('is the sum that the formula says, over edges midway between deciles', () => {
    const then = Float64Array.from({ length: 100 }, (_, at) => at);
    const baseline = baselineOf(then);
    const inner = [9.5, 19.5, 29.5, 39.5, 49.5, 59.5, 69.5, 79.5, 89.5];
    const [first = 0, last = 0] = [baseline.edges[0], baseline.edges.at(-1)];
    expect(first).toBeCloseTo(-9.9, 12);
    expect(last).toBeCloseTo(108.9, 12);
    const shares = [0, ...Array<number>(10).fill(0.1), 0];
    expect(baseline).toEqual({ edges: [first, ...inner, last], shares });
    // 5 of the lowest ten move up into the next ten.
    const now = then.map((value) => (value < 5 ? value + 10 : value));
    const expected = -0.05 * Math.log(0.05 / 0.1) + 0.05 * Math.log(0.15 / 0.1);
    expect(populationStability(now, baseline)).toBeCloseTo(expected, 12);
  });

  test('is taken against what models remembered before: deciles alone, in the same JSON', () => {
    const old: Baseline = { edges: [1, 2, 3], shares: [0.25, 0.25, 0.25, 0.25] };
    expect(populationStability(Float64Array.of(1, 2, 3, 9), old)).toBe(0);
    for (const column of [
      repeated([0, 1]),
      repeated([-Number.MAX_VALUE, 5], [Number.MAX_VALUE, 5]),
    ]) {
      const baseline = baselineOf(column);
      expect(JSON.parse(JSON.stringify(baseline))).toEqual(baseline);
      expect(populationStability(column, baseline)).toBe(0);
    }
    expect(() => baselineOf(new Float64Array())).toThrow('no spread');
    expect(() => populationStability(new Float64Array(), old)).toThrow('no spread');
  });
});
