import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createRandom } from '../../pipeline/statistics/random.ts';
import { preset, type TemporaryWorkspace, temporaryWorkspace } from '../helpers/workspace.ts';

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

const bank = (customer: string, id: string | null, amount = 1): string =>
  JSON.stringify({ customer_id: customer, transaction_id: id, amount, timestamp: '2024-01-01' });

const order = (id: string, amount: number): string =>
  JSON.stringify({ customer_id: 'a', order_id: id, order_ts: '2024-01-01', amount });

const shopping = (customer: string, at: string, amount: number, more = {}): string =>
  JSON.stringify({ customer_id: customer, purchase_date: at, purchase_amount: amount, ...more });

async function land(name: string, lines: readonly string[], options = {}): Promise<string[]> {
  await workspace.ingest(`${name}.ndjson`, lines.join('\n'), options);
  await workspace.transform();
  return (await workspace.fates()).map(({ outcome }) => outcome);
}

describe('a transaction is its customer and its id', () => {
  test('within a file: the first stands, the same again is a duplicate, another content a conflict', async () => {
    const lines = [
      bank('a', '1'),
      bank('a', '1'),
      bank('a', '1', 2),
      bank('b', '1', 3),
      bank('a', '1'),
    ];
    expect(await land('f', lines)).toEqual([
      'accepted',
      'duplicate',
      'conflict',
      'accepted',
      'duplicate',
    ]);
  });

  test('across files, batches and runs it is the same', async () => {
    expect(await land('f1', [bank('a', '1'), bank('a', '2')])).toEqual(['accepted', 'accepted']);
    expect(await land('f2', [bank('a', '2', 9), bank('a', '1'), bank('a', '3')])).toEqual([
      'conflict',
      'duplicate',
      'accepted',
    ]);
    await workspace.ingest('f3.ndjson', [bank('a', '3'), bank('a', '4')].join('\n'));
    await workspace.ingest('f4.ndjson', [bank('a', '4'), bank('a', '4', 2)].join('\n'));
    await workspace.transform();
    expect((await workspace.fates()).map(({ outcome }) => outcome)).toEqual([
      'duplicate',
      'conflict',
    ]);
  });

  test('across sources with other mappings', async () => {
    await land('f1', [bank('a', '1')]);
    const options = { compiled: preset('orders') };
    expect(await land('f2', [order('1', 1), order('1', 2), order('2', 2)], options)).toEqual([
      'duplicate',
      'conflict',
      'accepted',
    ]);
  });

  test('text that only looks different is the same; a missing attribute is another content', async () => {
    const lines = [
      '{"customer_id":1,"transaction_id":"x","amount":"1.50","timestamp":"2024-01-01T00:00:00Z"}',
      '{"timestamp":1704067200,"amount":1.5,"transaction_id":" x ","customer_id":"1"}',
      '{"customer_id":1,"transaction_id":"x","amount":1.5,"timestamp":"2024-01-01","category":"fuel"}',
    ];
    expect(await land('f', lines)).toEqual(['accepted', 'duplicate', 'conflict']);
  });
});

test('without an id two equal transactions are two, also beside an id that looks like a position', async () => {
  expect(await land('f', [bank('a', null), bank('a', null), bank('a', null, 2)])).toEqual([
    'accepted',
    'accepted',
    'accepted',
  ]);
  const taken = await workspace.connection.strings(
    'select order_id from silver.transactions order by position',
  );
  const next = taken.map((id) => (id ?? '').replace('1:', '2:'));
  // Ids that equal what the next source's positions will be called.
  const hostile = [
    ...next.map((id) => bank('a', id)),
    ...taken.map((id) => bank('a', id)),
    bank('a', null),
  ];
  expect(await land('g', hostile)).toEqual([
    ...Array.from({ length: 6 }, () => 'invalid_order_id'),
    'accepted',
  ]);
});

test('a purchase in a shop is its customer and its time', async () => {
  const lines = [
    shopping('a', '2024-01-01T10:00:00', 1),
    shopping('a', '2024-01-01T12:00:00+02:00', 1, { name: 'Ann' }),
    shopping('a', '2024-01-01T10:00:01', 1),
    shopping('a', '2024-01-01T10:00:00', 2),
    shopping('b', '2024-01-01T10:00:00', 1),
  ];
  const options = { compiled: preset('bridgecart') };
  expect(await land('f', lines, options)).toEqual([
    'accepted',
    'duplicate',
    'accepted',
    'conflict',
    'accepted',
  ]);
});

test('what is accepted does not depend on the order of arrival, nor on how it is cut into files', async () => {
  const random = createRandom(7);
  const things = Array.from({ length: 120 }, (_, i) => bank(`c${i % 9}`, `${i}`, i));
  const arrivals = [
    ...things,
    ...things.filter((_, i) => i % 3 === 0),
    ...things.filter((_, i) => i % 7 === 0),
  ];
  const seen = new Set<string>();
  for (let round = 0; round < 3; round++) {
    const other = await temporaryWorkspace();
    const shuffled = arrivals
      .map((line) => ({ line, key: random.integer(1 << 30) }))
      .toSorted((a, b) => a.key - b.key)
      .map(({ line }) => line);
    for (let at = 0, file = 0; at < shuffled.length; file++) {
      const to = at + 1 + random.integer(60);
      await other.ingest(`f${file}.ndjson`, `{"n":${file}}\n${shuffled.slice(at, to).join('\n')}`);
      if (random.integer(2) === 0) await other.transform();
      at = to;
    }
    await other.transform();
    await other.expectConserved();
    const rows = await other.connection.strings(
      "select concat_ws('|', customer_id, order_id, amount) from silver.transactions order by all",
    );
    expect(rows).toHaveLength(things.length);
    seen.add(rows.join('\n'));
    await other.remove();
  }
  expect(seen.size).toBe(1);
});

test('tombstones are ignored: an empty line, null, and spaces around it', async () => {
  expect(await land('f', [bank('a', '1'), '', 'null', ' \tnull ', '  ', bank('a', '2')])).toEqual([
    ...['accepted', 'ignored', 'ignored', 'ignored', 'ignored', 'accepted'],
  ]);
});
