import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../pipeline/statistics/random.ts';

const fixture = new URL('../fixtures/clustering/random.json', import.meta.url);
const cases = JSON.parse(readFileSync(fixture, 'utf8')) as { seed: number; floats: number[] }[];

describe('random numbers', () => {
  test.each(cases)('seed $seed gives the sequence of an independent sfc32', ({ seed, floats }) => {
    const random = createRandom(seed);
    expect(floats.map(() => random.float())).toEqual(floats);
  });

  test('integers of a bound that does not divide 2^32 are equally likely', () => {
    const random = createRandom(5);
    const counts = new Float64Array(7);
    for (let draw = 0; draw < 70_000; draw += 1) {
      const value = random.integer(7);
      counts[value] = (counts[value] ?? 0) + 1;
    }
    const chiSquare = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    expect(chiSquare).toBeLessThan(22.46); // the 99.9th percentile for 6 degrees of freedom
    const bound = 3 * 2 ** 30;
    let high = 0;
    for (let draw = 0; draw < 30_000; draw += 1) high += random.integer(bound) >= 2 ** 30 ? 1 : 0;
    expect(high / 30_000).toBeCloseTo(2 / 3, 2); // a bare modulo would give one half
  });

  test('normal numbers have the moments and tails of the normal distribution', () => {
    const random = createRandom(6);
    const draws = Array.from({ length: 100_000 }, () => random.normal());
    const moment = (power: number): number =>
      draws.reduce((sum, value) => sum + value ** power, 0) / draws.length;
    expect(moment(1)).toBeCloseTo(0, 1);
    expect(moment(2)).toBeCloseTo(1, 1);
    expect(moment(4)).toBeCloseTo(3, 0);
    const beyond = draws.filter((value) => Math.abs(value) > 1.959964).length / draws.length;
    expect(Math.abs(beyond - 0.05)).toBeLessThan(0.003);
  });

  test('a sample has different rows in rising order, each equally likely, and may be everything', () => {
    const random = createRandom(7);
    const counts = new Float64Array(10);
    for (let draw = 0; draw < 10_000; draw += 1) {
      const sample = random.sample(10, 3);
      expect([...new Set(sample)].sort((a, b) => a - b)).toEqual([...sample]);
      for (const row of sample) counts[row] = (counts[row] ?? 0) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 3000)).toBeLessThan(200);
    expect([...random.sample(4, 4)]).toEqual([0, 1, 2, 3]);
  });

  test('a seed, a bound or a sample size that cannot be is refused with a sentence', () => {
    expect(() => createRandom(-1)).toThrow('A seed is a whole number from 0 to 2^53 - 1, not -1.');
    expect(() => createRandom(1.5)).toThrow(RangeError);
    expect(() => createRandom(1).integer(0)).toThrow('A bound is a whole number');
    expect(() => createRandom(1).sample(3, 4)).toThrow(
      '4 different numbers cannot be taken from 3',
    );
  });
});
