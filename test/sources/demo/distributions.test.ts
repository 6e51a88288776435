import { beforeAll, describe, expect, test } from 'vitest';
import {
  AGE_INCOME_CORRELATION,
  createPopulation,
} from '../../../pipeline/sources/demo/population.ts';
import { fieldsOf } from './read-records.ts';
import { correlation, groupBy, mean, median, moments, sum } from './summary.ts';

const CUSTOMERS = 4000;
const SEED = 42;
const DAY_MS = 86_400_000;
const AS_OF = Date.UTC(2025, 6, 1);

interface Sale {
  readonly customer: number;
  readonly time: number;
  readonly day: string;
  readonly amount: number;
  readonly category: string;
  readonly coupon: boolean;
  readonly discount: number;
}

interface Life {
  readonly kind: number;
  readonly sales: Sale[];
  readonly money: number;
  readonly recencyDays: number;
}

let sales: Sale[];
let lives: Life[];
let perDay: Map<string, Sale[]>;

function numberOf(customerId: unknown): number {
  return Number(String(customerId).slice(1)) - 1;
}

beforeAll(() => {
  const options = { preset: 'bridgecart', count: 12 * CUSTOMERS, customers: CUSTOMERS } as const;
  sales = fieldsOf({ ...options, seed: SEED }).map((one) => ({
    customer: numberOf(one.customer_id),
    time: Date.parse(String(one.purchase_date)),
    day: String(one.purchase_date).slice(0, 10),
    amount: Number(one.purchase_amount),
    category: String(one.product_category),
    coupon: one.coupon_used === true,
    discount: Number(one.discount_amount),
  }));
  const people = createPopulation(CUSTOMERS, SEED, 731);
  lives = [...groupBy(sales, (sale) => sale.customer)].map(([customer, own]) => ({
    kind: people.archetype[customer] ?? -1,
    sales: own,
    money: sum(own.map((sale) => sale.amount)),
    recencyDays: Math.floor(AS_OF / DAY_MS) - Math.floor((own.at(-1)?.time ?? 0) / DAY_MS),
  }));
  perDay = groupBy(sales, (sale) => sale.day);
});

function ofKind(kind: number): Life[] {
  return lives.filter((life) => life.kind === kind);
}

function orderValue(some: readonly Life[]): number {
  return sum(some.map((life) => life.money)) / sum(some.map((life) => life.sales.length));
}

function growth(some: readonly Life[]): number {
  const since = AS_OF - 90 * DAY_MS;
  const earlier = some.flatMap((life) => life.sales).filter((sale) => sale.time < since);
  const before = sum(earlier.map((sale) => sale.amount));
  return (sum(some.map((life) => life.money)) - before) / before;
}

function churned(some: readonly Life[]): number {
  return some.filter((life) => life.recencyDays > 90).length / some.length;
}

function coupons(some: readonly Sale[]): number {
  return mean(some.map((sale) => Number(sale.coupon)));
}

/** Sales of a day against the median of the four weeks around it. */
function burst(day: string): number {
  const middle = Date.parse(day);
  const around = Array.from({ length: 29 }, (_, at) => {
    const date = new Date(middle + (at - 14) * DAY_MS).toISOString().slice(0, 10);
    return perDay.get(date)?.length ?? 0;
  });
  return (perDay.get(day)?.length ?? 0) / median(around);
}

function quietDays(chosen: (date: Date) => boolean): number {
  const days = [...perDay].filter(([day]) => chosen(new Date(day)) && burst(day) < 2);
  return mean(days.map(([, own]) => own.length));
}

describe('people', () => {
  test.each([1, 2, 3])('age and income are correlated weakly, as stated (seed %i)', (seed) => {
    const people = fieldsOf({ preset: 'demographics', count: 20_000, seed });
    const ages = people.map((one) => Number(one.age));
    const incomes = people.map((one) => Number(one.income));
    expect(Math.abs(correlation(ages, incomes) - AGE_INCOME_CORRELATION)).toBeLessThan(0.03);
    expect(Math.min(...ages)).toBe(18);
    expect(Math.abs(moments(incomes.map(Math.log)).skewness)).toBeLessThan(0.1);
    expect(moments(incomes).skewness).toBeGreaterThan(1);
  });

  test('have names, phone numbers of nobody, and all four regions', () => {
    const people = fieldsOf({ preset: 'bridgecart', count: 1200, seed: 5, customers: 1000 });
    for (const one of people) {
      expect(String(one.mobile)).toMatch(/^\+1[2-9]\d\d555\d{4}$/);
      expect(String(one.name)).toMatch(/^\S+ \S+/);
    }
    const regions = fieldsOf({ preset: 'demographics', count: 500, seed: 5 });
    expect([...groupBy(regions, (one) => one.region)].map(([region]) => region)).toHaveLength(4);
  });
});

describe('amounts', () => {
  test('are log-normal in every category: skewed as they are, straight as logarithms', () => {
    const byCategory = groupBy(sales, (sale) => sale.category);
    expect(byCategory.size).toBe(7);
    for (const own of byCategory.values()) {
      const amounts = own.map((sale) => sale.amount);
      const logs = moments(amounts.map(Math.log));
      expect(Math.abs(logs.skewness)).toBeLessThan(0.25);
      expect(Math.abs(logs.excessKurtosis)).toBeLessThan(0.4);
      expect(moments(amounts).skewness).toBeGreaterThan(1.3);
    }
  });

  test('are lowered by coupons only, most often on flash-sale days and for bargain hunters', () => {
    expect(sales.filter((sale) => sale.coupon !== sale.discount > 0)).toEqual([]);
    expect(sales.every((sale) => sale.discount <= 0.31 * (sale.amount + sale.discount))).toBe(true);
    const bargain = coupons(ofKind(3).flatMap((life) => life.sales));
    expect(bargain).toBeGreaterThan(3 * coupons(ofKind(0).flatMap((life) => life.sales)));
    expect(coupons(perDay.get('2024-11-29') ?? [])).toBeGreaterThan(0.45);
    expect(coupons(sales)).toBeLessThan(0.25);
  });
});

describe('the calendar', () => {
  test('lifts December, Saturdays and pay-days, and closes at Christmas', () => {
    const month = (year: number, index: number): number =>
      quietDays((date) => date.getUTCFullYear() === year && date.getUTCMonth() === index);
    for (const year of [2023, 2024]) {
      expect(month(year, 11)).toBeGreaterThan(1.2 * mean([month(year, 9), month(year + 1, 1)]));
    }
    const saturday = quietDays((date) => date.getUTCDay() === 6);
    expect(saturday).toBeGreaterThan(1.3 * quietDays((date) => date.getUTCDay() === 2));
    const payDay = quietDays((date) => date.getUTCDate() >= 25 && date.getUTCMonth() !== 11);
    const midMonth = quietDays(
      (date) => Math.abs(date.getUTCDate() - 14) < 7 && date.getUTCMonth() !== 11,
    );
    expect(payDay).toBeGreaterThan(1.05 * midMonth);
    expect(burst('2024-12-25')).toBeLessThan(0.6);
  });

  test('has flash sales on which two to five times as many buy, Black Fridays among them', () => {
    const bursts = [...perDay.keys()].filter((day) => burst(day) > 2);
    expect(bursts.length).toBeGreaterThanOrEqual(7);
    expect(bursts.length).toBeLessThanOrEqual(14);
    expect(bursts).toEqual(expect.arrayContaining(['2023-11-24', '2024-11-29']));
    expect(Math.max(...bursts.map(burst))).toBeLessThan(5);
  });

  test('has nights in which hardly anybody buys', () => {
    const night = sales.filter((sale) => new Date(sale.time).getUTCHours() < 5).length;
    expect(night / sales.length).toBeLessThan(0.03);
  });
});

describe('lives', () => {
  test('differ: few buy often, half buy rarely, and each has a taste', () => {
    const counts = lives.map((life) => life.sales.length).sort((a, b) => a - b);
    expect(lives).toHaveLength(CUSTOMERS);
    expect(median(counts)).toBeGreaterThanOrEqual(5);
    expect(median(counts)).toBeLessThanOrEqual(10);
    expect(sum(counts.slice(-CUSTOMERS / 5)) / sales.length).toBeGreaterThan(0.5);
    const favourite = lives
      .filter((life) => life.sales.length >= 20)
      .map((life) => {
        const sizes = [...groupBy(life.sales, (sale) => sale.category).values()];
        return Math.max(...sizes.map((own) => own.length)) / life.sales.length;
      });
    expect(mean(favourite)).toBeGreaterThan(0.38);
  });

  test('end: a quarter to under half of the customers have not bought for 90 days', () => {
    expect(churned(lives)).toBeGreaterThan(0.25);
    expect(churned(lives)).toBeLessThan(0.45);
    const gone = [0, 1, 2, 3].map((kind) => churned(ofKind(kind)));
    expect(gone).toEqual(gone.toSorted((a, b) => a - b));
  });

  test('grow in value, the valuable ones faster', () => {
    const rates = [0, 1, 2, 3].map((kind) => growth(ofKind(kind)));
    expect(rates).toEqual(rates.toSorted((a, b) => b - a));
    expect(Math.min(...rates)).toBeGreaterThan(0.05);
    expect(Math.max(...rates)).toBeLessThan(0.4);
  });

  test('fall into four kinds that differ as a marketer would believe, yet overlap', () => {
    const values = [0, 1, 2, 3].map((kind) => orderValue(ofKind(kind)));
    for (const at of [0, 1, 2]) expect(values[at]).toBeGreaterThan(1.2 * (values[at + 1] ?? 0));
    expect((values[0] ?? 0) / (values[3] ?? 1)).toBeGreaterThan(1.5);
    expect((values[0] ?? 0) / (values[3] ?? 1)).toBeLessThan(4);
    const middles = [0, 1, 2, 3].map((kind) =>
      median(ofKind(kind).map((life) => Math.log(life.money))),
    );
    const nearest = (life: Life): number => {
      const distances = middles.map((middle) => Math.abs(Math.log(life.money) - middle));
      return distances.indexOf(Math.min(...distances));
    };
    const recognised = mean(lives.map((life) => Number(nearest(life) === life.kind)));
    expect(recognised).toBeGreaterThan(0.45);
    expect(recognised).toBeLessThan(0.85);
  });

  test('show in what people do besides buying', () => {
    const options = { preset: 'engagement', customers: CUSTOMERS, seed: SEED } as const;
    const events = fieldsOf({ ...options, count: 10 * CUSTOMERS });
    const kinds = createPopulation(CUSTOMERS, SEED, 731).archetype;
    const perKind = groupBy(events, (one) => kinds[numberOf(one.customer_id)]);
    const each = [0, 1, 2].map((kind) => (perKind.get(kind)?.length ?? 0) / ofKind(kind).length);
    expect(each[0]).toBeGreaterThan(1.5 * (each[1] ?? 0));
    expect(each[1]).toBeGreaterThan(1.5 * (each[2] ?? 0));
    const opened = events.filter((one) => one.event === 'email_open');
    expect(opened.every((one) => one.channel === 'email')).toBe(true);
    expect(groupBy(events, (one) => one.event).size).toBe(6);
  });
});
