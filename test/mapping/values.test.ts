import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Fate,
  preset,
  type TemporaryWorkspace,
  temporaryWorkspace,
  transactions,
} from '../helpers/workspace.ts';

let workspace: TemporaryWorkspace;
beforeAll(async () => {
  workspace = await temporaryWorkspace();
});
afterAll(() => workspace.remove());

let files = 0;

/** What becomes of records that differ in one field, written as it stands. */
async function fatesOf(
  write: (value: string) => string,
  values: readonly string[],
): Promise<Fate[]> {
  files++;
  const lines = values.map((value) => write(value).replace('{', `{"file":${files},`));
  await workspace.ingest(`v${files}.ndjson`, lines.join('\n'));
  await workspace.transform();
  await workspace.expectConserved();
  return workspace.fates();
}

const amountOf = (value: string): string =>
  `{"customer_id":"c","timestamp":"2024-01-01","amount":${value}}`;

test('what is no number is never an amount, and the reason says whether it was missing or wrong', async () => {
  const missing = ['null', '""', '" "', '"  "'];
  const malformed = [
    'NaN',
    'Infinity',
    '-Infinity',
    '1.',
    '01',
    '.5',
    '+5',
    '0x10',
    '1_000',
    "'1'",
    '',
  ];
  const invalid = [
    ...[
      'true',
      'false',
      '"0x10"',
      '[12.5]',
      '[]',
      '{}',
      '{"v":1}',
      '"twelve"',
      '1e400',
      '-1e400',
      '"1e400"',
    ],
    ...[
      '"1_000"',
      '"１２"',
      '"١٢"',
      '"12,5"',
      '"1 2"',
      '"1,000.00"',
      '"$5"',
      '"5-"',
      '"--5"',
      '"NaN"',
      '"nan"',
    ],
    ...[
      '"Infinity"',
      '"inf"',
      '"-"',
      '"."',
      '"1e"',
      '"e5"',
      '"0b11"',
      '"0x1p3"',
      '"1d"',
      '"12\\u0000"',
      '"true"',
    ],
    ...[
      '"100000000000000"',
      '100000000000000',
      '1e17',
      '123456789012345678901234567890',
      '"99999999999999.99995"',
    ],
  ];
  const fates = await fatesOf(amountOf, [...missing, ...malformed, ...invalid]);
  const reasons = fates.map(({ outcome, amount }) => [outcome, amount]);
  expect(reasons).toEqual([
    ...missing.map(() => ['missing_amount', null]),
    ...malformed.map(() => ['malformed_json', null]),
    ...invalid.map(() => ['invalid_amount', null]),
  ]);
});

test('a number is taken to the last of four decimal places, and one that JSON blurs is refused', async () => {
  const exact = {
    '"12.50"': '12.5000',
    '12.5': '12.5000',
    '1e3': '1000.0000',
    '"1E+2"': '100.0000',
    '-0': '0.0000',
    '-0.0001': '-0.0001',
    '19.990000000000002': '19.9900',
    '0.30000000000000004': '0.3000',
    '"0.00005"': '0.0001',
    '"  7 "': '7.0000',
    '"99999999999999.9999"': '99999999999999.9999',
    '"-99999999999999.9999"': '-99999999999999.9999',
    '"12345678901234.5678"': '12345678901234.5678',
    '99999999999999': '99999999999999.0000',
    '9007199254.7409': '9007199254.7409',
    '12345678901234.5': '12345678901234.5000',
  };
  const fates = await fatesOf(amountOf, Object.keys(exact));
  expect(fates.map(({ outcome, amount }) => [outcome, amount])).toEqual(
    Object.values(exact).map((amount) => ['accepted', amount]),
  );
  // Each is the neighbour of a double that prints shorter: taking what comes back would be off in the last place.
  const blurred = [
    '12345678901234.5678',
    '12345678901234.5671',
    '12345678901234.5661',
    '614691436973.5601',
  ];
  for (const text of blurred) expect(String(Number(text))).not.toBe(text);
  const inexact = await fatesOf(amountOf, blurred);
  expect(inexact.map(({ outcome }) => outcome)).toEqual(blurred.map(() => 'inexact_amount'));
});

test('no JSON number at random is accepted with another value than it has', async () => {
  const texts = Array.from({ length: 3000 }, (_, i) => {
    const whole = String(10n ** BigInt(9 + (i % 6)) + BigInt(i) * 7_654_321_987n).slice(
      0,
      10 + (i % 5),
    );
    return `${whole}.${String((i * 7919) % 10_000).padStart(4, '0')}`;
  });
  const fates = await fatesOf(amountOf, texts);
  const wrong = fates.filter(
    ({ position, outcome, amount }) => outcome === 'accepted' && amount !== texts[position - 1],
  );
  expect(wrong).toEqual([]);
  expect(fates.filter(({ outcome }) => outcome === 'accepted').length).toBeGreaterThan(1000);
});

describe('times', () => {
  const timeOf = (value: string): string => `{"customer_id":"c","timestamp":${value},"amount":1}`;
  const read: Record<string, string> = {
    '"2024-01-01T10:00:00Z"': '2024-01-01 10:00:00',
    '"2024-01-01 10:00:00"': '2024-01-01 10:00:00',
    '"2024-01-01T10:00"': '2024-01-01 10:00:00',
    '"2024-01-01T10:00:00+02:00"': '2024-01-01 08:00:00',
    '"2024-01-01T10:00:00-0530"': '2024-01-01 15:30:00',
    '"2024-01-01T10:00:00+02"': '2024-01-01 08:00:00',
    '"2024-01-01T00:30:00.123456+01:00"': '2023-12-31 23:30:00.123456',
    '"2024-01-01 10:00:00 UTC"': '2024-01-01 10:00:00',
    '"2024-01-01"': '2024-01-01 00:00:00',
    '"2024-02-29"': '2024-02-29 00:00:00',
    '"1900-01-01"': '1900-01-01 00:00:00',
    '1704103200': '2024-01-01 10:00:00',
    '1704103200123': '2024-01-01 10:00:00.123',
    '1704103200123456': '2024-01-01 10:00:00.123456',
    '"1704103200"': '2024-01-01 10:00:00',
    '"1704103200123"': '2024-01-01 10:00:00.123',
  };
  const refused: Record<string, string> = {
    null: 'missing_occurred_at',
    '""': 'missing_occurred_at',
    '"2024-02-30"': 'invalid_occurred_at',
    '"2023-02-29"': 'invalid_occurred_at',
    '"2024-13-01"': 'invalid_occurred_at',
    '"2024-01-01T25:00:00Z"': 'invalid_occurred_at',
    '"2016-12-31T23:59:60Z"': 'invalid_occurred_at',
    '"2024-01-01 10:00:00 Europe/Berlin"': 'invalid_occurred_at',
    '"epoch"': 'invalid_occurred_at',
    '"Epoch"': 'invalid_occurred_at',
    '"infinity"': 'invalid_occurred_at',
    '"-infinity"': 'invalid_occurred_at',
    '"now"': 'invalid_occurred_at',
    '"yesterday"': 'invalid_occurred_at',
    '"01/02/2024"': 'invalid_occurred_at',
    true: 'invalid_occurred_at',
    '{"t":1}': 'invalid_occurred_at',
    '[2024]': 'invalid_occurred_at',
    '1.7e9': 'invalid_occurred_at',
    '-1': 'invalid_occurred_at',
    '12345': 'invalid_occurred_at',
    '"44-03-15 (BC)"': 'occurred_at_out_of_range',
    '"9999-12-31"': 'occurred_at_out_of_range',
    '"1899-12-31T23:59:59Z"': 'occurred_at_out_of_range',
    '99999999999999999': 'occurred_at_out_of_range',
  };

  test('are UTC whatever way they are written, and what is no time is none', async () => {
    const values = [...Object.keys(read), ...Object.keys(refused)];
    const fates = await fatesOf(timeOf, values);
    const times = await workspace.connection.rows<{ position: number; at: string }>(
      `select position, cast(occurred_at as varchar) as at from silver.transactions
       where source_id = (select max(source_id) from ops.sources)`,
    );
    const at = new Map(times.map((row) => [row.position, row.at]));
    const got = fates.map(({ position, outcome }) => [
      values[position - 1],
      outcome === 'accepted' ? at.get(position) : outcome,
    ]);
    expect(got).toEqual([...Object.entries(read), ...Object.entries(refused)]);
  });

  test('a day may be no word either, nor lie outside of what people live to see', async () => {
    const days = ['"2020-02-29"', '"infinity"', '"epoch"', '"0001-01-01"', '"2020-02-30"', 'null'];
    const lines = days.map((day, i) => `{"customer_id":"d${i}","signup_date":${day}}`);
    await workspace.ingest('days.ndjson', lines.join('\n'), { compiled: preset('demographics') });
    await workspace.transform();
    const rows = await workspace.connection.rows(
      "select customer_id, signup_date from silver.customers where customer_id like 'd%' order by all",
    );
    expect(rows).toEqual([
      { customer_id: 'd0', signup_date: '2020-02-29' },
      { customer_id: 'd5', signup_date: null },
    ]);
  });
});

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
