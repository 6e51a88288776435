import { describe, expect, it } from 'vitest';
import type { Connection } from '../../pipeline/engine/engine.ts';
import { twinFeatures, twinKpis, twinMonths } from '../helpers/definitions.ts';
import { assignSegments, runLayer, silverWith } from '../helpers/silver-fixture.ts';
import {
  dayStart,
  moneyText,
  randomTransactions,
  type RandomOptions,
  type Transaction,
} from '../helpers/transactions.ts';

interface Case extends RandomOptions {
  readonly asOf: string;
  readonly periodDays: number;
  readonly churnDays: number;
}

const SEGMENTS = 4;

/** Any split will do for the KPIs; the last segment is small. */
const segmentOf = (customer: string): number => {
  const number = Number(customer.slice(1));
  return number % 29 === 0 ? SEGMENTS : (number % (SEGMENTS - 1)) + 1;
};

async function kpis(transactions: readonly Transaction[], options: Case): Promise<Connection> {
  const { asOf, periodDays, churnDays } = options;
  const connection = await silverWith(transactions);
  const customers = [...twinFeatures(transactions, asOf).keys()];
  await runLayer(connection, 'features', { asOf, periodDays, churnDays });
  await assignSegments(connection, new Map(customers.map((id) => [id, segmentOf(id)])), asOf);
  await runLayer(connection, 'gold', { asOf, periodDays, churnDays });
  return connection;
}

/** Compares one row with the twin's, rates to 1e-9. */
function expectRow(row: Record<string, unknown> | undefined, twin: Record<string, unknown>): void {
  expect(Object.keys(row ?? {})).toEqual(expect.arrayContaining(Object.keys(twin)));
  for (const [name, expected] of Object.entries(twin)) {
    if (typeof expected !== 'number' || Number.isInteger(expected))
      expect({ [name]: row?.[name] }).toEqual({ [name]: expected });
    else
      expect(Math.abs(Number(row?.[name]) - expected), name).toBeLessThan(
        1e-9 * Math.max(1, Math.abs(expected)),
      );
  }
}

const contribution = (part: bigint, whole: bigint): number | null =>
  whole === 0n ? null : Number(part) / Number(whole);

const cases: readonly Case[] = [
  {
    seed: 11,
    customers: 150,
    transactions: 2000,
    from: '2023-06-15',
    days: 290,
    asOf: '2024-03-31',
    periodDays: 90,
    churnDays: 90,
  },
  {
    seed: 12,
    customers: 150,
    transactions: 1500,
    from: '2023-11-01',
    days: 150,
    asOf: '2024-03-01',
    periodDays: 30,
    churnDays: 7,
  },
  {
    seed: 13,
    customers: 60,
    transactions: 200,
    from: '2023-01-01',
    days: 400,
    asOf: '2024-01-15',
    periodDays: 365,
    churnDays: 200,
  },
];

/** What the population bought: transactions of customers who are in a segment. */
const population = (all: readonly Transaction[], asOf: string): Transaction[] => {
  const known = twinFeatures(all, asOf);
  return all.filter(({ customer }) => known.has(customer));
};

const at = (customer: string, day: string, amount: number): Transaction => ({
  customer,
  order: `${customer} ${day} ${amount}`,
  at: dayStart(day) + 3_600_000_000n,
  amount: BigInt(amount * 10_000),
  category: null,
  discount: null,
});

describe('gold.segment_kpis', () => {
  it.each(cases)(
    'holds the four KPIs as defined, by segment and for the whole: %o',
    async (options) => {
      const all = randomTransactions(options);
      const connection = await kpis(all, options);
      const rows = await connection.rows(
        'select *, revenue::varchar as money from gold.segment_kpis',
      );
      const counted = population(all, options.asOf);
      const whole = twinKpis(counted, options);
      expect(rows).toHaveLength(SEGMENTS + 1);
      for (const id of [null, 1, 2, 3, 4]) {
        const own = counted.filter(({ customer }) => id === null || segmentOf(customer) === id);
        const { revenue, ...twin } = twinKpis(own, options);
        expectRow(
          rows.find((row) => row['segment_id'] === id),
          {
            ...twin,
            money: moneyText(revenue),
            contribution: contribution(revenue, whole.revenue),
            segment_name: id === null ? null : `Segment ${id}`,
            as_of: options.asOf,
          },
        );
      }
      const parts = rows.filter((row) => row['segment_id'] !== null);
      expect(parts.reduce((sum, row) => sum + Number(row['contribution']), 0)).toBeCloseTo(1, 9);
    },
  );

  const one: Case = {
    seed: 0,
    customers: 0,
    transactions: 0,
    from: '',
    days: 0,
    asOf: '2024-04-01',
    periodDays: 90,
    churnDays: 90,
  };

  it('has no growth where the earlier CLV is 0, whether nothing or a purchase and its refund lay before', async () => {
    const connection = await kpis(
      [
        at('c1', '2024-03-01', 10),
        at('c2', '2023-05-01', 10),
        at('c2', '2023-05-02', -10),
        at('c2', '2024-03-01', 5),
      ],
      one,
    );
    const rows = await connection.rows(
      'select segment_id, clv_growth from gold.segment_kpis order by segment_id nulls first',
    );
    expect(rows.map((row) => row['clv_growth'])).toEqual([null, null, null]);
  });

  it('calls churned whom more than churn_days part from the last purchase: 90 are not, 91 are', async () => {
    // 2024-01-02 is 90 days before 2024-04-01.
    const connection = await kpis(
      [
        at('c0', '2024-01-02', 1),
        at('c3', '2024-01-02', 1),
        at('c6', '2024-01-01', 1),
        at('c6', '2024-03-31', -1),
        at('c9', '2024-03-31', 1),
      ],
      one,
    );
    const [row] = await connection.rows(
      'select churn_rate from gold.segment_kpis where segment_id is null',
    );
    expect(row?.['churn_rate']).toBe(0.25);
  });

  it('counts money as earlier up to the day period_days before, exclusively', async () => {
    const connection = await kpis([at('c1', '2024-01-01', 40), at('c1', '2024-01-02', 10)], one);
    const [row] = await connection.rows(
      'select clv_growth from gold.segment_kpis where segment_id is null',
    );
    expect(row?.['clv_growth']).toBe(0.25);
  });

  it('has no contribution where all money is 0', async () => {
    const connection = await kpis(
      [at('c1', '2024-03-01', 10), at('c2', '2024-03-02', 5), at('c2', '2024-03-03', -15)],
      one,
    );
    const rows = await connection.rows('select contribution from gold.segment_kpis');
    expect(rows.map((row) => row['contribution'])).toEqual([null, null, null]);
  });
});

describe('gold.segment_kpis_monthly', () => {
  it.each(cases)('is, month by month, what the definitions say at its end: %o', async (options) => {
    const all = randomTransactions(options);
    const connection = await kpis(all, options);
    const counted = population(all, options.asOf);
    const rows = await connection.rows(
      'select *, revenue::varchar as money from gold.segment_kpis_monthly',
    );
    const seen = new Map(
      rows.map((row) => [
        `${JSON.stringify(row['month'])} ${JSON.stringify(row['segment_id'])}`,
        row,
      ]),
    );
    const expected: string[] = [];
    for (const { month, end } of twinMonths(counted, options.asOf)) {
      const dated = { ...options, asOf: end, since: month };
      const whole = twinKpis(counted, dated);
      for (const id of [null, 1, 2, 3, 4]) {
        const own = counted.filter(
          ({ customer, at }) => (id === null || segmentOf(customer) === id) && at < dayStart(end),
        );
        if (own.length === 0) continue;
        expected.push(`"${month}" ${id}`);
        const { revenue, ...twin } = twinKpis(own, dated);
        expectRow(seen.get(`"${month}" ${id}`), {
          ...twin,
          money: moneyText(revenue),
          contribution: contribution(revenue, whole.revenue),
        });
      }
    }
    expect([...seen.keys()].toSorted()).toEqual(expected.toSorted());
  });
});
