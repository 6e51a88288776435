import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadModels } from '../../pipeline/transform/node/load-models.ts';
import { redrive } from '../../pipeline/transform/redrive.ts';
import { type TemporaryWorkspace, temporaryWorkspace, transactions } from '../helpers/workspace.ts';

let workspace: TemporaryWorkspace;
beforeEach(async () => {
  workspace = await temporaryWorkspace();
});
afterEach(() => workspace.remove());

const fields = { customer_id: 'c', order_id: 'o', occurred_at: 't', amount: 'a' };
const strict = transactions(fields, {
  identity: 'order',
  reject: [{ reason: 'too_large', when: 'a > 100' }],
});
const lenient = transactions({ ...fields, customer_id: 'coalesce(c, d)' }, { identity: 'order' });

const line = (record: object): string => JSON.stringify({ t: '2024-01-01', ...record });

function again(compiled = strict, reason?: string) {
  return redrive(workspace.connection, {
    models: loadModels('silver'),
    currentMapping: () => compiled,
    now: () => new Date('2026-01-03T00:00:00Z'),
    ...(reason === undefined ? {} : { reason }),
  });
}

test('quarantined records get another try: what now reads is accepted or found to be a duplicate, the rest stays', async () => {
  const records = [
    line({ c: 'a', o: '1', a: 5 }),
    line({ c: 'a', o: '2', a: 500 }),
    line({ d: 'b', o: '3', a: 7 }),
    line({ c: 'a', o: '2', a: 500 }),
    line({ c: 'a', o: '1', a: 6 }),
    'broken',
  ];
  await workspace.ingest('f.ndjson', records.join('\n'), { compiled: strict });
  await workspace.transform();
  const outcomes = async () => (await workspace.fates()).map(({ outcome }) => outcome);
  const first = [
    'accepted',
    'too_large',
    'missing_customer_id',
    'too_large',
    'conflict',
    'malformed_json',
  ];
  expect(await outcomes()).toEqual(first);

  await again();
  expect(await outcomes()).toEqual(first);
  await workspace.expectConserved();

  const [large] = await again(lenient, 'too_large');
  expect(large).toMatchObject({ read: 2, accepted: 1, duplicate: 1, quarantined: 0, ignored: 0 });
  expect(await outcomes()).toEqual([
    'accepted',
    'accepted',
    'missing_customer_id',
    'duplicate',
    'conflict',
    'malformed_json',
  ]);
  await workspace.expectConserved();

  const [rest] = await again(lenient);
  expect(rest).toMatchObject({ read: 3, accepted: 1, duplicate: 0, quarantined: 2, ignored: 0 });
  expect(await outcomes()).toEqual([
    'accepted',
    'accepted',
    'accepted',
    'duplicate',
    'conflict',
    'malformed_json',
  ]);
  await workspace.expectConserved();
});

test('lines that are taken up later join the order that the others made', async () => {
  const lines = { identity: 'order', lines: true };
  const before = transactions(fields, { ...lines, reject: [{ reason: 'held', when: 'a > 100' }] });
  const after = transactions(fields, lines);
  await workspace.ingest(
    'f.ndjson',
    [line({ c: 'a', o: '1', a: 5 }), line({ c: 'a', o: '1', a: 500 })].join('\n'),
    { compiled: before },
  );
  await workspace.transform();
  await again(after);
  expect(
    await workspace.connection.rows(
      'select cast(amount as varchar) as amount, lines from silver.transactions',
    ),
  ).toEqual([{ amount: '505.0000', lines: 2 }]);
  await workspace.expectConserved();
});
