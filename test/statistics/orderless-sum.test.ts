import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSums, meanOf, sumOf } from '../../pipeline/statistics/orderless-sum.ts';

/** A double as a whole number of the smallest steps of doubles, 2^-1074. */
function inSteps(value: number): bigint {
  const words = new BigUint64Array(Float64Array.of(Math.abs(value)).buffer);
  const bits = words[0] ?? 0n;
  const exponent = bits >> 52n;
  const mantissa = bits & ((1n << 52n) - 1n);
  const size = exponent === 0n ? mantissa : (mantissa | (1n << 52n)) << (exponent - 1n);
  return value < 0 ? -size : size;
}

const term = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e290, max: 1e290 });
const close = fc.integer({ min: -1000, max: 1000 }).map((value) => value / 7 + 1e8);
const terms = fc.oneof(
  fc.array(term, { minLength: 1, maxLength: 60 }),
  fc.array(close, { minLength: 1, maxLength: 60 }),
);

describe('a sum', () => {
  test('is the exact one but for rounding, whatever the sizes and signs of its terms', () => {
    fc.assert(
      fc.property(terms, (terms) => {
        const exact = terms.reduce((sum, value) => sum + inSteps(value), 0n);
        const error = inSteps(sumOf(Float64Array.from(terms))) - exact;
        const size = (value: bigint): bigint => (value < 0n ? -value : value);
        const largest = inSteps(Math.max(...terms.map(Math.abs)));
        const lost = (BigInt(terms.length ** 3) * largest) >> 101n;
        expect(size(error) <= (size(exact) >> 52n) + lost + 1n).toBe(true);
      }),
    );
  });

  test('does not change a bit with the order of its terms, and neither does a mean', () => {
    fc.assert(
      fc.property(
        terms.chain((terms) =>
          fc.tuple(
            fc.constant(terms),
            fc.shuffledSubarray(terms, { minLength: terms.length, maxLength: terms.length }),
          ),
        ),
        ([first, second]) => {
          const [a, b] = [Float64Array.from(first), Float64Array.from(second)];
          expect(sumOf(b)).toBe(sumOf(a));
          expect(meanOf(b)).toBe(meanOf(a));
        },
      ),
    );
  });

  test('of groups, term by term, is that of each group', () => {
    const terms = Float64Array.from({ length: 1000 }, (_, at) => Math.sin(at) * 1e5 + 1e7);
    const sums = createSums(3, { terms: terms.length, largest: 2e7 });
    for (const [at, value] of terms.entries()) sums.add(at % 3, value);
    for (const group of [0, 1, 2]) {
      const own = terms.filter((_, at) => at % 3 === group);
      expect(sums.mean(group, own.length) / meanOf(own)).toBeCloseTo(1, 15);
    }
  });

  test('has a mean where the sum is beyond doubles, is 0 of nothing and NaN of what is not finite', () => {
    expect(meanOf(Float64Array.of(1.5e308, 1.5e308, 1.5e308))).toBe(1.5e308);
    expect(sumOf(new Float64Array())).toBe(0);
    expect(sumOf(Float64Array.of(5e-324, 5e-324, 1e-323))).toBe(2e-323);
    expect(sumOf(Float64Array.of(1, Number.NaN, 2))).toBeNaN();
    expect(sumOf(Float64Array.of(1, Infinity))).toBeNaN();
  });
});
