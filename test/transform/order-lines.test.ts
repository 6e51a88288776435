import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  preset,
  type TemporaryWorkspace,
  temporaryWorkspace,
  transactions,
} from '../helpers/workspace.ts';

let workspace: TemporaryWorkspace;
beforeEach(async () => {
  workspace = await temporaryWorkspace();
});
afterEach(async () => {
  try {
    await workspace.expectConserved();
  } finally {
    await workspace.remove();
  }
});

const compiled = transactions(
  { customer_id: 'c', order_id: 'o', occurred_at: 't', amount: 'q * p', category: 'k' },
  { identity: 'order', lines: true },
);

const line = (customer: string, order: string, q: number, more: object = {}): string =>
  JSON.stringify({ c: customer, o: order, t: '2024-01-02', q, p: '1.25', ...more });

const whole = (id: string, amount: number): string =>
  JSON.stringify({ customer_id: 'a', order_id: id, order_ts: '2024-01-02', amount });

const orders = () =>
  workspace.connection.rows(
    `select customer_id, order_id, cast(amount as varchar) as amount, cast(occurred_at as varchar) as at, lines, category
     from silver.transactions order by all`,
  );

describe('orders that come in lines', () => {
  test('are their sum, at the earliest time; two equal lines are two', async () => {
    await workspace.ingest(
      'f.ndjson',
      [
        line('a', '1', 2, { k: 'x' }),
        line('a', '1', 2, { k: 'x' }),
        line('a', '1', 3, { k: 'y', t: '2024-01-01T23:00:00' }),
        line('b', '1', -1),
        line('a', '2', 1, { q: 'many' }),
      ].join('\n'),
      { compiled },
    );
    await workspace.transform();
    expect(await orders()).toEqual([
      {
        customer_id: 'a',
        order_id: '1',
        amount: '8.7500',
        at: '2024-01-01 23:00:00',
        lines: 3,
        category: 'x',
      },
      {
        customer_id: 'b',
        order_id: '1',
        amount: '-1.2500',
        at: '2024-01-02 00:00:00',
        lines: 1,
        category: null,
      },
    ]);
  });

  test('late lines correct the sum, the time and the category, and the row keeps a place that exists', async () => {
    await workspace.ingest(
      'f1.ndjson',
      ['{}', '{}', line('a', '1', 2, { k: 'x' }), line('a', '9', 1)].join('\n'),
      { compiled },
    );
    await workspace.transform();
    await workspace.ingest('f2.ndjson', line('a', '1', 5, { k: 'y', t: '2023-12-31' }), {
      compiled,
    });
    await workspace.transform();
    await workspace.transform();
    expect(await orders()).toEqual([
      {
        customer_id: 'a',
        order_id: '1',
        amount: '8.7500',
        at: '2023-12-31 00:00:00',
        lines: 2,
        category: 'y',
      },
      {
        customer_id: 'a',
        order_id: '9',
        amount: '1.2500',
        at: '2024-01-02 00:00:00',
        lines: 1,
        category: null,
      },
    ]);
    const unplaced = await workspace.connection.rows(
      `select * from silver.transactions anti join silver.transaction_lines
       using (batch_id, source_id, partition, position, customer_id, order_id)`,
    );
    expect(unplaced).toEqual([]);
  });

  test('an order that came whole cannot also come in lines, and the other way round', async () => {
    await workspace.ingest('whole.ndjson', whole('1', 2.5), { compiled: preset('orders') });
    await workspace.transform();
    await workspace.ingest(
      'lines.ndjson',
      [line('a', '1', 2), line('a', '2', 2), line('b', '1', 2)].join('\n'),
      { compiled },
    );
    await workspace.transform();
    expect(await workspace.connection.strings('select reason from ops.quarantine')).toEqual([
      'conflict',
    ]);
    await workspace.ingest('whole2.ndjson', [whole('2', 2.5), whole('2', 3)].join('\n'), {
      compiled: preset('orders'),
    });
    await workspace.transform();
    expect((await workspace.fates()).map(({ outcome }) => outcome)).toEqual([
      'duplicate',
      'conflict',
    ]);
    expect((await orders()).length).toBe(3);
  });
});
