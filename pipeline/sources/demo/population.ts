import { createRandom, type Random } from '../../statistics/random.ts';
import { archetypes } from './archetypes.ts';
import { deriveSeed, exp, exponential, normal } from './portable-math.ts';

/** One entry a customer. A customer is the same in every preset and whatever the number of customers. */
export interface Population {
  readonly size: number;
  readonly archetype: Uint8Array;
  /** Day of the period; below 0 for those who were there before it began. */
  readonly signupDay: Int32Array;
  /** Day of the period on which the customer is lost for good; often after its end. */
  readonly leaveDay: Float64Array;
  readonly rate: Float64Array;
  readonly level: Float64Array;
  readonly age: Uint8Array;
  readonly income: Int32Array;
  readonly male: Uint8Array;
  readonly region: Uint8Array;
  /** An index into the payment methods. */
  readonly favouritePayment: Uint8Array;
}

export const regions = ['Northeast', 'Midwest', 'South', 'West'] as const;
const REGION_SHARES = [0.18, 0.21, 0.38, 0.23];
const PAYMENT_SHARES = [0.42, 0.2, 0.17, 0.14, 0.07];

/** What the correlation of age and income comes to; the normal scores behind them have a little more. */
export const AGE_INCOME_CORRELATION = 0.3;
const SCORE_CORRELATION = 0.325;
const INCOME_SPREAD = 0.45;

const LANE = 1;
const SHARE_OF_OLD_CUSTOMERS = 0.35;
const OLDEST_SIGNUP_DAYS = 540;
const ONE_OFF_DAYS = 6;

/** The index on which a uniform draw falls among shares that sum to 1. */
export function pickShare(shares: readonly number[], random: Random): number {
  let place = random.float();
  for (const [index, share] of shares.entries()) {
    place -= share;
    if (place < 0) return index;
  }
  return shares.length - 1;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

function emptyPopulation(size: number): Population {
  return {
    size,
    archetype: new Uint8Array(size),
    signupDay: new Int32Array(size),
    leaveDay: new Float64Array(size),
    rate: new Float64Array(size),
    level: new Float64Array(size),
    age: new Uint8Array(size),
    income: new Int32Array(size),
    male: new Uint8Array(size),
    region: new Uint8Array(size),
    favouritePayment: new Uint8Array(size),
  };
}

/** Age is about normal around 42; income is log-normal around 52,000 a year, in whole hundreds. */
function setPerson(people: Population, index: number, random: Random): number {
  const ageScore = normal(random);
  const own = Math.sqrt(1 - SCORE_CORRELATION * SCORE_CORRELATION);
  const incomeScore = SCORE_CORRELATION * ageScore + own * normal(random);
  people.age[index] = clamp(Math.round(42 + 13 * ageScore), 18, 90);
  people.income[index] = 100 * Math.round(clamp(520 * exp(INCOME_SPREAD * incomeScore), 120, 6000));
  people.male[index] = random.float() < 0.48 ? 1 : 0;
  people.region[index] = pickShare(REGION_SHARES, random);
  people.favouritePayment[index] = pickShare(PAYMENT_SHARES, random);
  return incomeScore;
}

/** Leaving has no memory: one who was there before the period began is counted from its beginning. */
function setLife(people: Population, index: number, life: { days: number; random: Random }): void {
  const { days, random } = life;
  const archetype = archetypes[people.archetype[index] ?? 0];
  if (archetype === undefined) return;
  const isOld = random.float() < SHARE_OF_OLD_CUSTOMERS;
  const when = random.float();
  const signup = Math.floor(isOld ? -1 - when * OLDEST_SIGNUP_DAYS : when * days);
  const leavesAtOnce = random.float() < archetype.oneOff && !isOld;
  const stay = exponential(random) * (leavesAtOnce ? ONE_OFF_DAYS : archetype.lifetimeDays);
  people.signupDay[index] = signup;
  people.leaveDay[index] = Math.max(0, signup) + 1 + stay;
}

/** Draws `size` customers for a period of `days`. */
export function createPopulation(size: number, seed: number, days: number): Population {
  const people = emptyPopulation(size);
  const shares = archetypes.map((archetype) => archetype.share);
  for (let index = 0; index < size; index += 1) {
    const random = createRandom(deriveSeed(seed, LANE, index));
    const kind = pickShare(shares, random);
    const archetype = archetypes[kind];
    if (archetype === undefined) continue;
    people.archetype[index] = kind;
    const incomeScore = setPerson(people, index, random);
    setLife(people, index, { days, random });
    people.rate[index] = archetype.rate * exp(0.4 * normal(random));
    people.level[index] = archetype.level * exp(0.2 * normal(random) + 0.06 * incomeScore);
  }
  return people;
}

export function customerId(index: number): string {
  return `C${String(index + 1).padStart(6, '0')}`;
}
