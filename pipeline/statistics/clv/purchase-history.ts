/**
 * What BG/NBD knows of customers, a place each, times in days (or any one unit, the same throughout):
 * `frequency` x counts the repeat purchase days after the first; `recency` t_x is the time from the first
 * to the last purchase; `age` T that from the first purchase to the end of observation.
 */
export interface PurchaseHistory {
  readonly frequency: Float64Array;
  readonly recency: Float64Array;
  readonly age: Float64Array;
}

const HIGHEST_FREQUENCY = 1e6;

function faultOf(frequency: number, recency: number, age: number): string | null {
  if (!Number.isInteger(frequency) || frequency < 0 || frequency > HIGHEST_FREQUENCY) {
    return `has ${frequency} repeat purchases, not a whole number from 0 to ${HIGHEST_FREQUENCY}`;
  }
  if (!(age >= 0) || age === Infinity) return `has an age of ${age}, not a finite number from 0`;
  if (!(recency >= 0 && recency <= age)) {
    return `bought last at ${recency}, not between 0 and the age, ${age}`;
  }
  if (frequency === 0 && recency > 0) return `never bought again, but last at ${recency}`;
  if (frequency > 0 && recency === 0) return `bought again ${frequency} times, but last at 0`;
  return null;
}

/** RangeError, which names the first bad place, unless the history is one that customers can have. */
export function checkPurchaseHistory({ frequency, recency, age }: PurchaseHistory): void {
  if (recency.length !== frequency.length || age.length !== frequency.length) {
    throw new RangeError(
      `${frequency.length} frequencies need as many recencies and ages, not ${recency.length} and ${age.length}.`,
    );
  }
  for (let at = 0; at < frequency.length; at += 1) {
    const fault = faultOf(frequency[at] ?? 0, recency[at] ?? 0, age[at] ?? 0);
    if (fault !== null) throw new RangeError(`Customer ${at} ${fault}.`);
  }
}
