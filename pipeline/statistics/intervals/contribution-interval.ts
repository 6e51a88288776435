import { checkInterval, type Interval, type IntervalOptions } from './interval.ts';
import { ratioInterval } from './ratio-interval.ts';

/**
 * Of the customers of a part, or of all: how many, the sum of their values, the sum of the squares.
 */
export interface ValueSums {
  readonly n: number;
  readonly x: number;
  readonly xx: number;
}

/**
 * The share of a part in a total, as a segment's money in all money. Part and whole vary together:
 * it is the ratio of a customer's value if in the part (else 0) to the value, over all customers,
 * and the sum of products of the two is the part's sum of squares. The part's customers are what
 * the guard counts. The ends can lie outside 0 .. 1. RangeError if the part has more customers than
 * the whole.
 */
export function contributionInterval(
  part: ValueSums,
  whole: ValueSums,
  options: IntervalOptions = {},
): Interval {
  const needed = Math.max(2, checkInterval(part.n, options).fewest);
  if (part.n > whole.n) {
    throw new RangeError(`${part.n} customers are no part of ${whole.n}.`);
  }
  if (part.n < needed) return { kind: 'too-few', n: part.n, needed };
  return ratioInterval(
    { n: whole.n, x: part.x, y: whole.x, xx: part.xx, yy: whole.xx, xy: part.xx },
    options,
  );
}
