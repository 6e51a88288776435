/** What can honestly be said of a value that was estimated from `n` customers. */
export type Interval =
  | {
      readonly kind: 'interval';
      readonly estimate: number;
      readonly low: number;
      readonly high: number;
      /** The share of such intervals that hold the true value, 0.95 for instance. */
      readonly level: number;
    }
  | { readonly kind: 'too-few'; readonly n: number; readonly needed: number }
  | { readonly kind: 'no-value'; readonly reason: NoValueReason };

/** The divisor is 0, or so near to it for its own spread that the quotient could be anything. */
export type NoValueReason = 'zero-denominator' | 'unstable-denominator';

export interface IntervalOptions {
  /** Strictly between 0 and 1; 0.95 unless given. */
  readonly level?: number;
  /** With fewer customers than this there is no interval; 30 unless given. */
  readonly fewest?: number;
}

/** Below about this many the estimates of spread themselves are too rough to show. */
const FEWEST = 30;

export interface CheckedOptions {
  readonly level: number;
  readonly fewest: number;
}

/**
 * Fills in the defaults. RangeError for a level that is none, or a count that is not a whole
 * number.
 */
export function checkInterval(n: number, options: IntervalOptions): CheckedOptions {
  const { level = 0.95, fewest = FEWEST } = options;
  if (!(level > 0 && level < 1)) {
    throw new RangeError(`A confidence level lies between 0 and 1, but this is ${level}.`);
  }
  for (const count of [n, fewest]) {
    if (Number.isSafeInteger(count) && count >= 0) continue;
    throw new RangeError(`A number of customers is a whole number from 0, not ${count}.`);
  }
  return { level, fewest };
}
