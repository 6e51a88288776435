import type { Patterns } from './patterns.ts';

export interface Unidentified {
  /** Logarithms of the parameters, where the search ended. */
  readonly point: Float64Array;
  readonly value: number;
  /** A unit vector along which the likelihood hardly changes. */
  readonly direction: Float64Array;
}

/** A pinned parameter this large stands for one without end: deviations are then below a thousandth. */
export const PINNED = 1e6;

/** Two entries of 1 / sqrt(2) have the product 0.5. */
const BOTH_ALONG = 0.4;

const WORTH_OF_LOG_LIKELIHOOD = 0.5;
const SAME_PREDICTION = 0.05;

/** Whether the ridge leads along two parameters that rise or fall together, their ratio being known. */
export function leadsAlong(direction: Float64Array, one: number, other: number): boolean {
  return (direction[one] ?? 0) * (direction[other] ?? 0) > BOTH_ALONG;
}

/** Whether the data like a pinned fit as well as the end of the search, by the total log-likelihood. */
export function likedAsWell(customers: number, pinned: number, free: number): boolean {
  return customers * (pinned - free) <= WORTH_OF_LOG_LIKELIHOOD;
}

/** Each column of the patterns, row by row. */
export function columnsOf({ columns }: Patterns): Float64Array[] {
  return columns.map(({ values, codes }) => Float64Array.from(codes, (code) => values[code] ?? 0));
}

/** Whether two predictions for patterns differ by at most a twentieth of their sum. */
export function predictTheSame(
  { weights }: Patterns,
  one: Float64Array,
  other: Float64Array,
): boolean {
  let sum = 0;
  let apart = 0;
  for (let pattern = 0; pattern < weights.length; pattern += 1) {
    const weight = weights[pattern] ?? 0;
    sum += weight * (one[pattern] ?? 0);
    apart += weight * Math.abs((one[pattern] ?? 0) - (other[pattern] ?? 0));
  }
  return apart <= SAME_PREDICTION * sum;
}
