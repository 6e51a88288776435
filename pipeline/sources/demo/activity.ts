import type { Random } from '../../statistics/random.ts';
import type { Calendar } from './calendar.ts';
import type { Population } from './population.ts';

export interface Rhythm {
  readonly population: Population;
  readonly calendar: Calendar;
  readonly random: Random;
  /** How many visits in all; exactly so many come. */
  readonly visits: number;
  /** Relative visits of a customer while active. */
  readonly weight: (customer: number) => number;
  /** Gaps follow a gamma distribution of this shape: 1 is as irregular as Poisson, 2 is calmer. */
  readonly shape: 1 | 2;
}

/** Begin and end of each customer's activity in the calendar's busyness. */
export function activityOf({ population, calendar, random }: Rhythm): {
  from: Float64Array;
  to: Float64Array;
} {
  const { size, signupDay, leaveDay } = population;
  const { days, busyness } = calendar;
  const from = new Float64Array(size);
  const to = new Float64Array(size);
  for (let customer = 0; customer < size; customer += 1) {
    const signup = signupDay[customer] ?? 0;
    const day = Math.max(0, signup);
    const hour = random.float();
    const weight = (busyness[day + 1] ?? 0) - (busyness[day] ?? 0);
    from[customer] = (busyness[day] ?? 0) + (signup < 0 ? 0 : hour * weight);
    const leave = Math.min(days, Math.ceil(leaveDay[customer] ?? days));
    to[customer] = Math.max(from[customer] ?? 0, busyness[leave] ?? 0);
  }
  return { from, to };
}

/**
 * Shares the visits out by weight and length of activity: each customer's number is within one of
 * its expectation and the sum is exact (systematic sampling). Where it goes round, everybody has one.
 */
export function shareOut(rhythm: Rhythm, length: (customer: number) => number): Int32Array {
  const { population, visits, weight, random } = rhythm;
  const { size } = population;
  const least = visits >= 2 * size ? 1 : 0;
  const rest = visits - least * size;
  let sum = 0;
  for (let customer = 0; customer < size; customer += 1) sum += weight(customer) * length(customer);
  const shares = new Int32Array(size).fill(least);
  const start = random.float();
  let reached = 0;
  let given = 0;
  for (let customer = 0; customer < size; customer += 1) {
    reached += weight(customer) * length(customer);
    const upTo =
      customer === size - 1 ? rest : Math.min(rest, Math.floor((reached / sum) * rest + start));
    shares[customer] = least + Math.max(0, upTo - given);
    given = Math.max(given, upTo);
  }
  return shares;
}
