import { activityOf, shareOut, type Rhythm } from './activity.ts';
import type { Population } from './population.ts';
import { exponential, smallestOf } from './portable-math.ts';

/** Somebody does something: buys, or opens a mail. Seconds count from the first midnight of the period. */
export interface Visit {
  readonly customer: number;
  readonly seconds: number;
  /** The same customer's visit before, or the signup. */
  readonly previous: number;
}

const DAY_SECONDS = 86_400;
const AT_ONCE = 0.6;
const FIRST_VISIT_DAYS = 3;

/** The next visits by day, each customer in one list at most. */
function createAgenda(days: number, size: number) {
  const first = new Int32Array(days).fill(-1);
  const after = new Int32Array(size);
  return {
    add(day: number, customer: number): void {
      after[customer] = first[day] ?? -1;
      first[day] = customer;
    },
    take(day: number): number {
      const customer = first[day] ?? -1;
      if (customer >= 0) first[day] = after[customer] ?? -1;
      return customer;
    },
  };
}

/** Sorted by time, then by customer. */
function inOrder(visits: Visit[]): Visit[] {
  return visits.sort((a, b) => a.seconds - b.seconds || a.customer - b.customer);
}

/**
 * Where the next visit falls in a customer's activity, by busyness. The n visits are every shape-th of
 * n * shape uniform points, beginning anywhere among the first of them and drawn one after another:
 * so visits are as dense at the ends as elsewhere. A new customer's first one comes with the signup.
 */
function createPlaces({ population, random, shape }: Rhythm, from: Float64Array, to: Float64Array) {
  const reached = from.slice();
  const points = new Int32Array(population.size);

  function withSignup(customer: number): number {
    const delay = random.float() < AT_ONCE ? 0 : exponential(random) * FIRST_VISIT_DAYS;
    return Math.min(to[customer] ?? 0, (reached[customer] ?? 0) + delay);
  }

  function amongPoints(customer: number, remaining: number): number {
    const isFirst = points[customer] === 0;
    const available = isFirst ? shape * remaining : (points[customer] ?? 0);
    const taken = isFirst ? 1 + random.integer(shape) : shape;
    const end = to[customer] ?? 0;
    let place = reached[customer] ?? 0;
    for (let point = 0; point < taken; point += 1) {
      place += (end - place) * smallestOf(available - point, random);
    }
    points[customer] = available - taken;
    return place;
  }

  return function nextPlace(customer: number, remaining: number, isFirst: boolean): number {
    const signsUp = isFirst && (population.signupDay[customer] ?? 0) >= 0;
    const place = signsUp ? withSignup(customer) : amongPoints(customer, remaining);
    reached[customer] = place;
    return place;
  };
}

/** All visits in time order, a day at a time; memory grows with customers, not with visits. */
export function* visitsInOrder(rhythm: Rhythm): Generator<Visit, void, undefined> {
  const { population, calendar } = rhythm;
  const { size, signupDay } = population;
  const { from, to } = activityOf(rhythm);
  const left = shareOut(rhythm, (customer) => (to[customer] ?? 0) - (from[customer] ?? 0));
  const nextPlace = createPlaces(rhythm, from, to);
  const agenda = createAgenda(calendar.days, size);
  const next = new Int32Array(size);
  const previous = new Int32Array(size);
  const lastSecond = calendar.days * DAY_SECONDS - 1;

  function book(customer: number, isFirst: boolean): void {
    const remaining = left[customer] ?? 0;
    if (remaining <= 0) return;
    const time = calendar.secondsAt(nextPlace(customer, remaining, isFirst));
    const earliest = isFirst ? 0 : (previous[customer] ?? 0) + 1;
    // A second is left for each visit to come: no two of a customer share one, not even at the end of the period.
    const seconds = Math.min(lastSecond - (remaining - 1), Math.max(earliest, time));
    next[customer] = seconds;
    left[customer] = remaining - 1;
    agenda.add(Math.floor(seconds / DAY_SECONDS), customer);
  }

  for (let customer = 0; customer < size; customer += 1) {
    previous[customer] = (signupDay[customer] ?? 0) * DAY_SECONDS;
    book(customer, true);
  }
  for (let day = 0; day < calendar.days; day += 1) {
    const today: Visit[] = [];
    for (let customer = agenda.take(day); customer >= 0; customer = agenda.take(day)) {
      const seconds = next[customer] ?? 0;
      today.push({ customer, seconds, previous: previous[customer] ?? 0 });
      previous[customer] = seconds;
      book(customer, false);
    }
    yield* inOrder(today);
  }
}

/** Every customer once, in the order of signup. */
export function* signupsInOrder(population: Population): Generator<Visit, void, undefined> {
  const order = Float64Array.from(
    population.signupDay,
    (day, index) => day * 2 ** 32 + index,
  ).sort();
  for (const key of order) {
    const day = Math.floor(key / 2 ** 32);
    const seconds = day * DAY_SECONDS;
    yield { customer: key - day * 2 ** 32, seconds, previous: seconds };
  }
}
