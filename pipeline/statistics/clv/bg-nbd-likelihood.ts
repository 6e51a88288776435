import type { Objective } from './minimise.ts';
import type { Patterns } from './patterns.ts';

/** Sums and numbers by distinct x, which all the customers of that x share. */
interface ByFrequency {
  /** ln (Gamma(r + x) / Gamma(r) / alpha^x), and its derivative by ln r. */
  readonly rate: Float64Array;
  readonly rateByR: Float64Array;
  /** ln (B(a, b + x) / B(a, b)), and its derivatives by ln a and ln b. */
  readonly stay: Float64Array;
  readonly stayByA: Float64Array;
  readonly stayByB: Float64Array;
  /** ln (a / (b + x - 1)), -Infinity for x = 0; and b / (b + x - 1). */
  readonly odds: Float64Array;
  readonly oddsByB: Float64Array;
}

/** ln (1 + time / alpha) and its derivative by ln alpha, without its sign, by distinct time. */
interface ByTime {
  readonly log: Float64Array;
  readonly share: Float64Array;
}

function fillByTime(times: Float64Array, alpha: number, { log, share }: ByTime): void {
  for (let at = 0; at < times.length; at += 1) {
    const time = times[at] ?? 0;
    log[at] = Math.log1p(time / alpha);
    share[at] = time / (alpha + time);
  }
}

/** Ratios of Gamma functions as running sums over 0 .. x - 1: exact where a and b are huge, and fast. */
function fillByFrequency(frequencies: Float64Array, point: Float64Array, to: ByFrequency): void {
  const [r = 1, alpha = 1, a = 1, b = 1] = point.map(Math.exp);
  let purchases = 0;
  let rate = 0;
  let rateByR = 0;
  let stay = 0;
  let stayByA = 0;
  let stayByB = 0;
  for (let at = 0; at < frequencies.length; at += 1) {
    const x = frequencies[at] ?? 0;
    for (; purchases < x; purchases += 1) {
      rate += Math.log((r + purchases) / alpha);
      rateByR += r / (r + purchases);
      stay -= Math.log1p(a / (b + purchases));
      const share = a / (a + b + purchases);
      stayByA -= share;
      stayByB += (b * share) / (b + purchases);
    }
    to.rate[at] = rate;
    to.rateByR[at] = rateByR;
    to.stay[at] = stay;
    to.stayByA[at] = stayByA;
    to.stayByB[at] = stayByB;
    to.odds[at] = x === 0 ? -Infinity : Math.log(a / (b + x - 1));
    to.oddsByB[at] = x === 0 ? 0 : b / (b + x - 1);
  }
}

function createByFrequency(size: number): ByFrequency {
  const column = (): Float64Array => new Float64Array(size);
  return {
    rate: column(),
    rateByR: column(),
    stay: column(),
    stayByA: column(),
    stayByB: column(),
    odds: column(),
    oddsByB: column(),
  };
}

function createByTime(size: number): ByTime {
  return { log: new Float64Array(size), share: new Float64Array(size) };
}

/** What of the patterns enters the likelihood by x or by T alone. */
interface Totals {
  readonly customers: number;
  readonly purchases: number;
  readonly customersByX: Float64Array;
  readonly customersByAge: Float64Array;
  readonly purchasesByAge: Float64Array;
  /** Where the patterns of each distinct x begin, and at last where they end. */
  readonly starts: Int32Array;
}

function totalsOf({ weights, columns }: Patterns): Totals {
  const [xs, , ages] = columns;
  const customersByX = new Float64Array(xs?.values.length ?? 0);
  const customersByAge = new Float64Array(ages?.values.length ?? 0);
  const purchasesByAge = new Float64Array(customersByAge.length);
  const starts = new Int32Array(customersByX.length + 1);
  let customers = 0;
  let purchases = 0;
  for (let pattern = 0; pattern < weights.length; pattern += 1) {
    const weight = weights[pattern] ?? 0;
    const atX = xs?.codes[pattern] ?? 0;
    const atAge = ages?.codes[pattern] ?? 0;
    const bought = weight * (xs?.values[atX] ?? 0);
    customers += weight;
    purchases += bought;
    customersByX[atX] = (customersByX[atX] ?? 0) + weight;
    customersByAge[atAge] = (customersByAge[atAge] ?? 0) + weight;
    purchasesByAge[atAge] = (purchasesByAge[atAge] ?? 0) + bought;
    starts[atX + 1] = pattern + 1;
  }
  for (let at = 1; at < starts.length; at += 1) {
    starts[at] = Math.max(starts[at] ?? 0, starts[at - 1] ?? 0);
  }
  return { customers, purchases, customersByX, customersByAge, purchasesByAge, starts };
}

interface Tables {
  readonly byX: ByFrequency;
  readonly last: ByTime;
  readonly end: ByTime;
}

/** The log-likelihood and its derivatives by ln r, ln alpha, ln a and ln b. */
type Sums = [value: number, byR: number, byAlpha: number, byA: number, byB: number];

/** As if every customer were alive: sums over distinct x and T. */
function sumAlive(totals: Totals, { byX, end }: Tables, r: number): Sums {
  const sums: Sums = [0, 0, -totals.purchases, 0, 0];
  for (let at = 0; at < totals.customersByX.length; at += 1) {
    const customers = totals.customersByX[at] ?? 0;
    sums[0] += customers * ((byX.rate[at] ?? 0) + (byX.stay[at] ?? 0));
    sums[1] += customers * (byX.rateByR[at] ?? 0);
    sums[3] += customers * (byX.stayByA[at] ?? 0);
    sums[4] += customers * (byX.stayByB[at] ?? 0);
  }
  for (let at = 0; at < totals.customersByAge.length; at += 1) {
    const ofR = r * (totals.customersByAge[at] ?? 0);
    const shapes = ofR + (totals.purchasesByAge[at] ?? 0);
    sums[0] -= shapes * (end.log[at] ?? 0);
    sums[1] -= ofR * (end.log[at] ?? 0);
    sums[2] += shapes * (end.share[at] ?? 0);
  }
  return sums;
}

/** A product of so many numbers from 1 to 2 stays finite, and has one logarithm instead of as many. */
const FACTORS = 512;

/** Adds for the patterns of one x > 0 what having left may explain: `gone` is the chance that they have. */
function addGone(
  sums: Sums,
  { weights, columns }: Patterns,
  { byX, last, end }: Tables,
  { r, atX, from, to }: { readonly r: number; atX: number; from: number; to: number },
): void {
  const [xs, recencies, ages] = columns;
  const shape = r + (xs?.values[atX] ?? 0);
  const odds = byX.odds[atX] ?? 0;
  let logs = 0;
  let factors = 1;
  let idleGone = 0;
  let shareGone = 0;
  let allGone = 0;
  for (let pattern = from; pattern < to; pattern += 1) {
    const weight = weights[pattern] ?? 0;
    const atLast = recencies?.codes[pattern] ?? 0;
    const atEnd = ages?.codes[pattern] ?? 0;
    const idle = (end.log[atEnd] ?? 0) - (last.log[atLast] ?? 0);
    const left = shape * idle + odds;
    const small = Math.exp(-Math.abs(left));
    const gone = (weight * (left > 0 ? 1 : small)) / (1 + small);
    if (left > 0) logs += weight * left;
    if (weight === 1) factors *= 1 + small;
    else logs += weight * Math.log1p(small);
    if ((pattern - from) % FACTORS === FACTORS - 1) {
      logs += Math.log(factors);
      factors = 1;
    }
    idleGone += gone * idle;
    shareGone += gone * ((last.share[atLast] ?? 0) - (end.share[atEnd] ?? 0));
    allGone += gone;
  }
  sums[0] += logs + Math.log(factors);
  sums[1] += r * idleGone;
  sums[2] += shape * shareGone;
  sums[3] += allGone;
  sums[4] -= allGone * (byX.oddsByB[atX] ?? 0);
}

/**
 * The mean negative log-likelihood of BG/NBD, of (ln r, ln alpha, ln a, ln b), over patterns of (x, t_x,
 * T): Fader, Hardie and Lee (2005), "Counting Your Customers" the Easy Way, equation 6, with the sum of
 * its two cases, alive and gone, taken in logarithms.
 */
export function createBgNbdLikelihood(patterns: Patterns): Objective {
  const empty = new Float64Array(0);
  const [xs = empty, recencies = empty, ages = empty] = patterns.columns.map(
    ({ values }) => values,
  );
  const tables: Tables = {
    byX: createByFrequency(xs.length),
    last: createByTime(recencies.length),
    end: createByTime(ages.length),
  };
  const totals = totalsOf(patterns);
  return (point, gradient) => {
    const r = Math.exp(point[0] ?? 0);
    const alpha = Math.exp(point[1] ?? 0);
    fillByFrequency(xs, point, tables.byX);
    fillByTime(recencies, alpha, tables.last);
    fillByTime(ages, alpha, tables.end);
    const sums = sumAlive(totals, tables, r);
    for (let atX = 0; atX < xs.length; atX += 1) {
      if (xs[atX] === 0) continue;
      const from = totals.starts[atX] ?? 0;
      addGone(sums, patterns, tables, { r, atX, from, to: totals.starts[atX + 1] ?? from });
    }
    const [value, ...slopes] = sums;
    gradient.set(slopes.map((slope) => -slope / totals.customers));
    return -value / totals.customers;
  };
}
