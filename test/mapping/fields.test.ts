import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  preset,
  type TemporaryWorkspace,
  temporaryWorkspace,
  transactions,
} from '../helpers/workspace.ts';
import { fatesOf } from './fates-of.ts';

let workspace: TemporaryWorkspace;
beforeAll(async () => {
  workspace = await temporaryWorkspace();
});
afterAll(() => workspace.remove());

test('a customer is a text or a number, exactly as written, and never nothing, a list or an object', async () => {
  const ids = [
    '"a"',
    '7',
    '12345678901234567890123',
    '12345678901234567890124',
    '"007"',
    '"__proto__"',
    '"constructor"',
  ];
  const refused = ['""', '" "', 'null', '[1]', '{"id":1}'];
  const fates = await fatesOf(
    workspace,
    (id) => `{"customer_id":${id},"timestamp":"2024-01-01","amount":1}`,
    [...ids, ...refused],
  );
  const found = await workspace.connection.strings(
    `select customer_id from silver.transactions where source_id = (select max(source_id) from ops.sources) order by position`,
  );
  expect(found).toEqual(ids.map((id) => id.replaceAll('"', '')));
  expect(fates.slice(ids.length).map(({ outcome }) => outcome)).toEqual([
    ...['missing_customer_id', 'missing_customer_id', 'missing_customer_id'],
    ...['invalid_customer_id', 'invalid_customer_id'],
  ]);
});

test('CSV fields: ragged rows, quotes and delimiters', async () => {
  const rows = [
    ['c,2024-01-01,1.5,', 'accepted'],
    ['c,2024-01-01,"2.5","x"', 'accepted'],
    ['c,2024-01-01,3', 'malformed_csv'],
    ['c,2024-01-01,4,,', 'malformed_csv'],
    ['"c"x,2024-01-01,5,', 'malformed_csv'],
    ['c,2024-01-01,"1,5",', 'invalid_amount'],
    ['c,2024-01-01,,', 'missing_amount'],
    ['"é👩‍👩‍👧 ""q"", and\n more",2024-01-01,7,5" pipe', 'accepted'],
    ['', 'ignored'],
    ['null', 'malformed_csv'],
    ['c,2024-01-01,6,"open', 'malformed_csv'],
  ];
  for (const delimiter of [',', ';', '\t', '|']) {
    const swap = (text: string): string => text.replaceAll(',', '\0').replaceAll('\0', delimiter);
    const text = ['customer_id,timestamp,amount,category', ...rows.map(([row = '']) => row)].map(
      swap,
    );
    const compiled = preset('bank');
    await workspace.ingest(`d${delimiter.charCodeAt(0)}.csv`, `${text.join('\n')}\n\n`, {
      compiled,
    });
    await workspace.transform();
    const fates = await workspace.fates();
    const expected = rows.map(([, outcome]) => outcome);
    expect(fates.map(({ outcome }) => outcome)).toEqual([...expected, 'ignored']);
    const names = await workspace.connection.strings(
      `select concat(customer_id, '|', category) from silver.transactions where source_id = (select max(source_id) from ops.sources) order by position`,
    );
    expect(names).toEqual(['c|', 'c|x', `${swap('é👩‍👩‍👧 "q", and\n more')}|5" pipe`]);
  }
  await workspace.expectConserved();
});

test('a row of 20,000 columns is read', async () => {
  const extra = Array.from({ length: 20_000 }, (_, i) => `x${i}`).join(',');
  const text = `customer_id,timestamp,${extra},amount\nc,2024-01-01,${extra},5\nc,2024-01-01,5\n`;
  await workspace.ingest('wide.csv', text);
  await workspace.transform();
  expect((await workspace.fates()).map(({ outcome }) => outcome)).toEqual([
    'accepted',
    'malformed_csv',
  ]);
});

test('fields are found by their names, whatever characters these hold', async () => {
  const names = [
    'a b',
    'q"uote',
    "it's",
    '__proto__',
    'constructor',
    '*',
    'x/y~z',
    '$',
    'größe',
    'a[0]',
    '#',
  ];
  for (const name of names) {
    const compiled = transactions({ customer_id: `\`${name}\``, occurred_at: 't', amount: 'n' });
    const record = Object.fromEntries([
      [name, `c ${name}`],
      ['t', '2024-01-01'],
      ['n', 1],
    ]);
    await workspace.ingest(
      `n${name.length}.ndjson`,
      `${JSON.stringify(record)}\n{"t":"2024-01-01","n":1}`,
      { compiled },
    );
    const quoted = `"${name.replaceAll('"', '""')}"`;
    await workspace.ingest(`n${name.length}.csv`, `${quoted},t,n\nc,2024-01-01,1\n`, { compiled });
    await workspace.transform();
  }
  const found = await workspace.connection.strings(
    "select customer_id from silver.transactions where customer_id like 'c %' order by source_id",
  );
  expect(found).toEqual(names.map((name) => `c ${name}`));
  const nested = transactions({ customer_id: 'customer.id', occurred_at: 't', amount: 'n' });
  await workspace.ingest('nested.ndjson', '{"customer":{"id":"inner"},"t":"2024-01-01","n":1}', {
    compiled: nested,
  });
  await workspace.transform();
  expect(await workspace.fates()).toMatchObject([{ outcome: 'accepted' }]);
});
