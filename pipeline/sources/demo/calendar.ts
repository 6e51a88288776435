import { createRandom } from '../../statistics/random.ts';
import { DAY_MS } from './options.ts';
import { deriveSeed, exp, normal } from './portable-math.ts';

/**
 * How much a day sells. Busyness, the integral of the day weights, is the time in which customers'
 * rhythms run: an even rhythm in it gives December, weekends, pay-days and flash sales in the calendar.
 */
export interface Calendar {
  readonly days: number;
  /** Busyness from the first midnight to the beginning of each day; one entry more than days. */
  readonly busyness: Float64Array;
  readonly flashSale: Uint8Array;
  /** Whole seconds since the first midnight at which the busyness was reached. */
  secondsAt(busyness: number): number;
}

const LANE = 2;
const DAY_SECONDS = 86_400;
const MONTHS = [0.88, 0.9, 0.96, 0.98, 1, 1, 0.94, 0.92, 1, 1.04, 1.18, 1.45];
const WEEKDAYS = [1.15, 0.9, 0.88, 0.92, 0.97, 1.1, 1.3];
const HOURS = [
  4, 2, 1, 1, 1, 2, 5, 10, 18, 26, 32, 36, 40, 36, 32, 32, 36, 42, 48, 54, 56, 46, 28, 12,
];
const PAY_DAYS = new Set([1, 2, 25, 26, 27, 28]);
const PAY_DAY_LIFT = 1.18;
const FLASH_SALE_LIFT = 3.2;
const FLASH_SALE_EVERY = 91;

/** One day in each 91, drawn, and each Black Friday (the day after the fourth Thursday of November). */
function flashSales(startMs: number, days: number, seed: number): Uint8Array {
  const random = createRandom(deriveSeed(seed, LANE, 1));
  const sales = new Uint8Array(days);
  for (let from = 0; from < days; from += FLASH_SALE_EVERY) {
    const day = from + random.integer(FLASH_SALE_EVERY);
    if (day < days) sales[day] = 1;
  }
  for (let day = 0; day < days; day += 1) {
    const date = new Date(startMs + day * DAY_MS);
    const thursday = date.getUTCDate() - 1;
    const isFourth = thursday >= 22 && thursday <= 28;
    if (date.getUTCMonth() === 10 && date.getUTCDay() === 5 && isFourth) sales[day] = 1;
  }
  return sales;
}

function dayWeight(ms: number): number {
  const date = new Date(ms);
  const month = date.getUTCMonth();
  const dayOfMonth = date.getUTCDate();
  const payDay = PAY_DAYS.has(dayOfMonth) ? PAY_DAY_LIFT : 1;
  const christmas = month === 11 && (dayOfMonth === 25 || dayOfMonth === 26) ? 0.35 : 1;
  return (MONTHS[month] ?? 1) * (WEEKDAYS[date.getUTCDay()] ?? 1) * payDay * christmas;
}

/** The last index of a rising series whose value is at most `value`. */
function lastAtMost(series: Float64Array, value: number): number {
  let low = 0;
  let high = series.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((series[middle] ?? 0) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}

function running(weights: readonly number[]): Float64Array {
  const sums = new Float64Array(weights.length + 1);
  for (const [index, weight] of weights.entries()) sums[index + 1] = (sums[index] ?? 0) + weight;
  return sums;
}

/** How far `value` lies between two neighbours of a rising series, as index and fraction together. */
function interpolate(series: Float64Array, value: number): number {
  const index = lastAtMost(series, value);
  const from = series[index] ?? 0;
  return index + (value - from) / ((series[index + 1] ?? 1) - from);
}

export function createCalendar(startMs: number, days: number, seed: number): Calendar {
  const random = createRandom(deriveSeed(seed, LANE));
  const flashSale = flashSales(startMs, days, seed);
  const weights = Array.from({ length: days }, (_, day) => {
    const lift = flashSale[day] === 1 ? FLASH_SALE_LIFT : 1;
    return dayWeight(startMs + day * DAY_MS) * lift * exp(0.06 * normal(random));
  });
  const busyness = running(weights);
  const hours = running(HOURS);
  const hourSum = hours[HOURS.length] ?? 1;

  function secondsAt(value: number): number {
    const place = interpolate(busyness, value);
    const day = Math.min(days - 1, Math.floor(place));
    const hour = interpolate(hours, (place - day) * hourSum);
    return day * DAY_SECONDS + Math.min(DAY_SECONDS - 1, Math.floor(hour * 3600));
  }

  return { days, busyness, flashSale, secondsAt };
}
