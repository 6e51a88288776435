import { describe, expect, it } from 'vitest';
import { latestAsOf } from '../../pipeline/features/feature-parameters.ts';
import type { Connection } from '../../pipeline/engine/engine.ts';
import { twinFeatures } from '../helpers/definitions.ts';
import { runLayer, silverWith } from '../helpers/silver-fixture.ts';
import {
  dayStart,
  moneyText,
  randomTransactions,
  type Transaction,
} from '../helpers/transactions.ts';

const PERIODS = { periodDays: 90, churnDays: 90 };

async function features(
  connection: Connection,
  asOf: string,
): Promise<Map<unknown, Record<string, unknown>>> {
  await runLayer(connection, 'features', { asOf, ...PERIODS });
  const rows = await connection.rows(
    'select *, monetary::varchar as money, historical_clv::varchar as clv from features.customer_features',
  );
  return new Map(rows.map((row) => [row['customer_id'], row]));
}

function transaction(
  customer: string,
  at: string,
  amount: number,
  more: Partial<Transaction> = {},
): Transaction {
  return {
    customer,
    order: `${customer} ${at} ${amount}`,
    at: BigInt(Date.parse(at)) * 1000n,
    amount: BigInt(Math.round(amount * 10_000)),
    category: null,
    discount: null,
    ...more,
  };
}

describe('features.customer_features', () => {
  it.each([
    { seed: 1, asOf: '2024-04-01' },
    { seed: 2, asOf: '2024-02-10' },
    { seed: 3, asOf: '2030-01-01' },
    { seed: 4, asOf: '2024-01-02' },
  ])('is what the definitions say of random transactions: %o', async ({ seed, asOf }) => {
    const transactions = randomTransactions({
      seed,
      customers: 120,
      transactions: 900,
      from: '2024-01-01',
      days: 91,
    });
    const found = await features(await silverWith(transactions), asOf);
    const twin = twinFeatures(transactions, asOf);
    expect(twin.size).toBeGreaterThan(3);
    expect(new Set(found.keys())).toEqual(new Set(twin.keys()));
    for (const [customer, expected] of twin) {
      const row = found.get(customer) ?? {};
      const { recency_days, frequency, tenure_days, refunds } = row;
      expect({
        recency_days,
        frequency,
        tenure_days,
        refunds,
        money: row['money'],
        clv: row['clv'],
      }).toEqual({
        recency_days: expected.recency_days,
        frequency: expected.frequency,
        tenure_days: expected.tenure_days,
        refunds: expected.refunds,
        money: moneyText(expected.monetary),
        clv: moneyText(expected.monetary),
      });
      expect(row['aov']).toBeCloseTo(Number(expected.monetary) / 10_000 / expected.frequency, 8);
      expect(row['discount_share']).toBeCloseTo(expected.discount_share, 12);
      if (expected.interpurchase_days === null) expect(row['interpurchase_days']).toBe(null);
      else expect(row['interpurchase_days']).toBeCloseTo(expected.interpurchase_days, 8);
      for (const [column, category] of Object.entries({
        grocery: 'grocery',
        fuel: 'fuel',
        home_garden: 'Home & Garden',
        o_brien: "O'Brien",
      })) {
        const share =
          expected.spent === 0n
            ? 0
            : Number(expected.spentOn.get(category) ?? 0n) / Number(expected.spent);
        expect(row[`category_share_${column}`]).toBeCloseTo(share, 12);
      }
    }
  });

  it('takes the day after the newest transaction, refunds included, where no day is given', async () => {
    const connection = await silverWith([
      transaction('a', '2024-01-01T10:00:00Z', 5),
      transaction('a', '2024-03-31T23:59:59.999Z', -1),
    ]);
    expect(await latestAsOf(connection)).toBe('2024-04-01');
    const midnight = await silverWith([transaction('a', '2024-03-31T00:00:00Z', 5)]);
    expect(await latestAsOf(midnight)).toBe('2024-04-01');
    expect(await latestAsOf(await silverWith([]))).toBe(null);
  });

  it('leaves out what happens on the day itself, to the microsecond', async () => {
    const day = dayStart('2024-04-01');
    const connection = await silverWith([
      { ...transaction('a', '2024-01-01T00:00:00Z', 1), at: day - 1n },
      transaction('a', '2024-04-01T00:00:00Z', 100),
      transaction('later', '2024-04-01T00:00:00Z', 100),
    ]);
    const found = await features(connection, '2024-04-01');
    expect([...found.keys()]).toEqual(['a']);
    expect(found.get('a')).toMatchObject({
      recency_days: 1,
      tenure_days: 1,
      frequency: 1,
      money: '1.0000',
    });
  });

  it('lets a refund lower money and move nothing else, whenever it comes', async () => {
    const connection = await silverWith([
      transaction('a', '2023-12-01T12:00:00Z', -7, { category: 'grocery', discount: 1n }),
      transaction('a', '2024-01-01T12:00:00Z', 100, { category: 'grocery' }),
      transaction('a', '2024-01-11T12:00:00Z', 50, { category: 'fuel' }),
      transaction('a', '2024-03-30T12:00:00Z', -200, { category: 'grocery', discount: 1n }),
    ]);
    const found = await features(connection, '2024-04-01');
    expect(found.get('a')).toMatchObject({
      recency_days: 81,
      tenure_days: 91,
      frequency: 2,
      refunds: 2,
      money: '-57.0000',
      aov: -28.5,
      interpurchase_days: 10,
      discount_share: 0,
      category_share_grocery: 100 / 150,
      category_share_fuel: 50 / 150,
    });
  });

  it('counts a purchase of nothing as a purchase and a customer of refunds alone as none', async () => {
    const connection = await silverWith([
      transaction('free', '2024-03-31T12:00:00Z', 0, { category: 'grocery' }),
      transaction('refunds', '2024-03-31T12:00:00Z', -5),
    ]);
    const found = await features(connection, '2024-04-01');
    expect([...found.keys()]).toEqual(['free']);
    expect(found.get('free')).toMatchObject({
      frequency: 1,
      money: '0.0000',
      aov: 0,
      category_share_grocery: 0,
      recency_days: 1,
    });
  });

  it('adds money exactly where doubles would not', async () => {
    const many = Array.from({ length: 1000 }, (_, i) => ({
      ...transaction('a', '2024-01-01T00:00:00Z', 0.1),
      order: `${i}`,
    }));
    const connection = await silverWith([
      ...many,
      transaction('a', '2024-01-02T00:00:00Z', 99_999_999_999.9999),
    ]);
    const found = await features(connection, '2024-02-01');
    expect(found.get('a')?.['money']).toBe('100000000099.9999');
  });

  it('gives categories whose names come out alike one column, and keeps those that the model reads', async () => {
    const rich = Array.from({ length: 12 }, (_, i) =>
      transaction('a', '2024-01-01T00:00:00Z', 100 + i, {
        category: `big ${i}`,
        order: `big ${i}`,
      }),
    );
    const connection = await silverWith([
      ...rich,
      transaction('a', '2024-01-01T00:00:00Z', 1, { category: 'Home & Garden', order: 'x' }),
      transaction('a', '2024-01-01T00:00:00Z', 2, { category: 'home-garden', order: 'y' }),
    ]);
    const without = await features(connection, '2024-02-01');
    expect(
      Object.keys(without.get('a') ?? {}).filter((name) => name.startsWith('category_share_')),
    ).toHaveLength(12);
    expect(without.get('a')).not.toHaveProperty('category_share_home_garden');
    await connection.run(
      `insert into ops.models values (1, now()::timestamp, '2024-02-01', 2, ['category_share_home_garden'], 0, 0, 1, '')`,
    );
    const kept = await features(connection, '2024-02-01');
    expect(kept.get('a')?.['category_share_home_garden']).toBeCloseTo(3 / (12 * 100 + 66 + 3), 12);
  });
});
