import type { BgNbdParameters } from '../../../pipeline/statistics/clv/bg-nbd-parameters.ts';
import type {
  GammaGammaParameters,
  PurchaseValues,
} from '../../../pipeline/statistics/clv/gamma-gamma-parameters.ts';
import type { PurchaseHistory } from '../../../pipeline/statistics/clv/purchase-history.ts';
import type { Random } from '../../../pipeline/statistics/random.ts';

/** Of rate 1: Marsaglia and Tsang (2000), with their boost for a shape below 1. */
export function drawGamma(random: Random, shape: number): number {
  if (shape < 1) return drawGamma(random, shape + 1) * (1 - random.float()) ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const normal = random.normal();
    const v = (1 + normal / Math.sqrt(9 * d)) ** 3;
    if (v <= 0) continue;
    if (Math.log(1 - random.float()) < normal ** 2 / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}

function drawBeta(random: Random, a: number, b: number): number {
  const first = drawGamma(random, a);
  return first / (first + drawGamma(random, b));
}

function drawWait(random: Random, rate: number): number {
  return -Math.log(1 - random.float()) / rate;
}

export interface Customer {
  readonly rate: number;
  readonly leaving: number;
}

/** The times of a customer's repeat purchases from the first one, at 0, until `end`. */
function drawPurchases(random: Random, { rate, leaving }: Customer, end: number): number[] {
  const times: number[] = [];
  for (let time = drawWait(random, rate); time <= end; time += drawWait(random, rate)) {
    times.push(time);
    if (random.float() < leaving) break;
  }
  return times;
}

export interface Simulation {
  readonly customers: number;
  readonly draw: (random: Random) => Customer;
  /** Ages are uniform between these. */
  readonly ages: readonly [number, number];
  /** Purchases go on for so long after the age. */
  readonly ahead?: number;
}

/** Histories of customers as BG/NBD has them, times continuous, and what they buy afterwards. */
export function simulateHistory(
  random: Random,
  { customers, draw, ages: [youngest, oldest], ahead = 0 }: Simulation,
): { history: PurchaseHistory; actual: Float64Array } {
  const frequency = new Float64Array(customers);
  const recency = new Float64Array(customers);
  const actual = new Float64Array(customers);
  const age = new Float64Array(customers).map(() =>
    Math.round(youngest + random.float() * (oldest - youngest)),
  );
  for (const [at, end] of age.entries()) {
    const times = drawPurchases(random, draw(random), end + ahead);
    const before = times.filter((time) => time <= end);
    frequency[at] = before.length;
    recency[at] = before.at(-1) ?? 0;
    actual[at] = times.length - before.length;
  }
  return { history: { frequency, recency, age }, actual };
}

export function customerOf({ r, alpha, a, b }: BgNbdParameters) {
  return (random: Random): Customer => ({
    rate: drawGamma(random, r) / alpha,
    leaving: drawBeta(random, a, b),
  });
}

/** Mean values of x purchases as Gamma-Gamma has them. */
export function simulateValues(
  random: Random,
  { p, q, v }: GammaGammaParameters,
  frequency: Float64Array,
): PurchaseValues {
  const meanValue = frequency.map((x) => {
    const rate = drawGamma(random, q) / v;
    return x === 0 ? 0 : drawGamma(random, p * x) / (rate * x);
  });
  return { frequency, meanValue };
}
