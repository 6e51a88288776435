import { describe, expect, it } from 'vitest';
import type { Connection } from '../../pipeline/engine/engine.ts';
import { runLayer, silverWith } from '../helpers/silver-fixture.ts';
import { DAY, dayStart, randomTransactions, type Transaction } from '../helpers/transactions.ts';

const asOf = '2024-04-01';
const HOUR = DAY / 24n;

type Rows = Map<unknown, Record<string, unknown>>;

async function view(connection: Connection, name: string): Promise<Rows> {
  await runLayer(connection, 'features', { asOf, periodDays: 90, churnDays: 90 });
  const rows = await connection.rows(`select * from features.${name}`);
  return new Map(rows.map((row) => [row['customer_id'], row]));
}

/** The definitions with a calendar and loops, without SQL. */
function twin(transactions: readonly Transaction[]) {
  const before = transactions.filter(({ at }) => at < dayStart(asOf));
  const customers = new Set(before.filter(({ amount }) => amount >= 0n).map((t) => t.customer));
  return new Map(
    [...customers].map((customer) => {
      const own = before.filter((t) => t.customer === customer);
      const purchases = own.filter(({ amount }) => amount >= 0n);
      const times = purchases.map(({ at }) => at).toSorted((a, b) => (a < b ? -1 : 1));
      const gaps = times.slice(1).map((at, i) => Number(at - (times[i] ?? 0n)));
      const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
      const spread = Math.sqrt(gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length);
      const part = (test: (date: Date) => boolean): number =>
        purchases.filter(({ at }) => test(new Date(Number(at / 1000n)))).length / purchases.length;
      const hours = (from: number, to: number): number =>
        part((date) => date.getUTCHours() >= from && date.getUTCHours() < to);
      return [
        customer,
        {
          interpurchase_variation: gaps.length > 1 && mean > 0 ? spread / mean : null,
          refund_share: (own.length - purchases.length) / own.length,
          weekend_share: part((date) => [0, 6].includes(date.getUTCDay())),
          night_share: hours(0, 6),
          morning_share: hours(6, 12),
          afternoon_share: hours(12, 18),
          evening_share: hours(18, 24),
        },
      ] as const;
    }),
  );
}

describe('features.purchase_habits', () => {
  it('are what a calendar and loops say of random transactions', async () => {
    const options = { customers: 90, transactions: 900, from: '2024-01-01', days: 100 };
    const transactions = randomTransactions({ seed: 8, ...options });
    const found = await view(await silverWith(transactions), 'purchase_habits');
    const expected = twin(transactions);
    expect(new Set(found.keys())).toEqual(new Set(expected.keys()));
    for (const [customer, habits] of expected) {
      for (const [name, value] of Object.entries(habits)) {
        const seen = found.get(customer)?.[name];
        if (value === null) expect(seen).toBe(null);
        else expect(seen).toBeCloseTo(value, 9);
      }
    }
  });
});

describe('features.engagement_habits', () => {
  it('count events per 30 days since the first purchase, and give no recency to whoever had none', async () => {
    const one = (customer: string, day: string): Transaction => ({
      customer,
      order: customer,
      at: dayStart(day),
      amount: 1n,
      category: null,
      discount: null,
    });
    const connection = await silverWith([
      one('old', '2024-01-02'),
      one('new', '2024-03-30'),
      one('quiet', '2024-01-02'),
    ]);
    const events: [string, string, bigint][] = [
      ['old', 'email_open', dayStart('2024-03-01')],
      ['old', 'email_open', dayStart('2024-03-30') + 5n * HOUR],
      ['old', 'App Login!', dayStart('2024-02-01')],
      ['new', 'email_open', dayStart('2024-03-31') + 23n * HOUR],
      ['old', 'email_open', dayStart(asOf)],
      ['nobody', 'email_open', dayStart('2024-03-01')],
    ];
    await connection.append('silver.engagement', [
      { type: 'VARCHAR', values: events.map(([customer]) => customer) },
      { type: 'VARCHAR', values: events.map(([, event]) => event) },
      { type: 'VARCHAR', values: events.map(() => null) },
      { type: 'TIMESTAMP', values: events.map(([, , at]) => at) },
      { type: 'BIGINT', values: events.map(() => 1n) },
      { type: 'INTEGER', values: events.map(() => 1) },
      { type: 'INTEGER', values: events.map(() => 0) },
      { type: 'BIGINT', values: events.map((_, i) => BigInt(i)) },
    ]);
    const found = await view(connection, 'engagement_habits');
    // 90 days since 2 January are three months; two days count as 30.
    expect(Object.fromEntries(found)).toEqual({
      old: {
        customer_id: 'old',
        engagement_recency_days: 2,
        engagement_rate: 1,
        rate_email_open: 2 / 3,
        rate_app_login: 1 / 3,
      },
      new: {
        customer_id: 'new',
        engagement_recency_days: 1,
        engagement_rate: 1,
        rate_email_open: 1,
        rate_app_login: 0,
      },
      quiet: {
        customer_id: 'quiet',
        engagement_recency_days: null,
        engagement_rate: 0,
        rate_email_open: 0,
        rate_app_login: 0,
      },
    });
  });
});
