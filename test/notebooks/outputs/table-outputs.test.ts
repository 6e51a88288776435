import { openNativeEngine } from '../../../pipeline/engine/native/native-engine.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AppError } from '../../../pipeline/contract/errors.ts';
import type { Connection, Engine } from '../../../pipeline/engine/engine.ts';
import { errorOutput } from '../../../pipeline/notebooks/outputs/error-output.ts';
import { numberTexts } from '../../../pipeline/notebooks/outputs/number-texts.ts';
import { tableOutputs } from '../../../pipeline/notebooks/outputs/table-outputs.ts';

let engine: Engine;
let connection: Connection;

beforeAll(async () => {
  engine = await openNativeEngine(':memory:');
  connection = await engine.connect();
});

afterAll(async () => {
  connection.close();
  await engine.close();
});

async function ipcOf(sql: string): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const piece of connection.arrow(sql)) parts.push(piece);
  return Buffer.concat(parts);
}

async function shown(sql: string, rows?: number): Promise<Record<string, string>> {
  const [output] = tableOutputs(await ipcOf(sql), rows === undefined ? {} : { rows });
  expect(output).toMatchObject({ output_type: 'display_data', metadata: {} });
  return output?.['data'] as unknown as Record<string, string>;
}

/** The only value of a query, as text. */
async function valueOf(expression: string): Promise<string> {
  const { 'text/html': html = '' } = await shown(`select ${expression} as v`);
  return /<td[^>]*>(.*)<\/td>/s.exec(html)?.[1] ?? '';
}

test('values of every type are written as a person reads them', async () => {
  const cases = {
    null: '<i>NULL</i>',
    true: 'true',
    '-0.0::double': '0',
    '0.1::double + 0.2::double': '0.3',
    '1e300::double': '1e+300',
    "'nan'::double": 'NaN',
    '1.1::float': '1.1',
    '123456789012.34::double': '123456789012',
    '9007199254740993::bigint': '9007199254740993',
    '170141183460469231731687303715884105727::hugeint': '170141183460469231731687303715884105727',
    '-0.05::decimal(9,2)': '-0.05',
    '12345678901234567890.120::decimal(38,3)': '12345678901234567890.12',
    "date '2024-02-29'": '2024-02-29',
    "date '0044-03-15 (BC)'": '-000043-03-15',
    "'infinity'::date": 'infinity',
    "timestamp '2024-01-02 03:04:05'": '2024-01-02 03:04:05',
    "timestamp '1969-12-31 23:59:59.5'": '1969-12-31 23:59:59.5',
    "timestamp_ns '2024-01-02 03:04:05.000000001'": '2024-01-02 03:04:05.000000001',
    "'-infinity'::timestamp": '-infinity',
    "time '01:02:03.5'": '01:02:03.5',
    "interval '1 month 2 days'": '1 month 2 days',
    "'a'::enum('a', 'b')": 'a',
    "'\\xAA\\x01'::blob": '0xaa01',
    '[1.5::decimal(3,1), null]': '[1.5, NULL]',
    "{'d': date '2024-01-01', 'n': [1, 2]}": '{d: 2024-01-01, n: [1, 2]}',
    "map {'k': timestamp '2024-01-01'}": '{k=2024-01-01 00:00:00}',
    "'<b onclick=\"x\">&''</b>'": '&lt;b onclick=&quot;x&quot;&gt;&amp;&#39;&lt;/b&gt;',
  };
  const found: Record<string, string> = {};
  for (const expression of Object.keys(cases)) found[expression] = await valueOf(expression);
  expect(found).toEqual(cases);
});

test('numbers of a column have as many decimals as its largest has use for', async () => {
  const { 'text/plain': text = '' } = await shown(
    `select * from (values (0.0135396518375::double, 99.45603309::double, 1448378.21::double, 9.5000::decimal(9, 4), 1e-12::double),
       (1.48294937794, 8, null, 12.2500, 1), (0, 'nan', 51.5, 0, 250)) t(rate, aov, money, exact, wide)`,
  );
  expect(text.split('\n').slice(0, 4)).toEqual([
    '  rate     aov       money  exact   wide',
    '0.0135  99.456  1448378.21   9.50  1e-12',
    '1.4829   8.000        NULL  12.25      1',
    '0.0000     NaN       51.50   0.00    250',
  ]);
});

test('a small number beside large ones is told from 0, the points below each other', async () => {
  const { 'text/plain': text = '' } = await shown(
    `select * from (values (1e-6::double, 0.0049::double, -3e-20::double, 1.5e-7::float),
       (1000, 123456.789, 0.8412, 20), (-0.0, 0.25, 1, null)) t(mixed, money, p, single)`,
  );
  expect(text.split('\n').slice(0, 4)).toEqual([
    '      mixed        money       p       single',
    '   0.000001       0.0049  -3e-20   0.00000015',
    '1000.000000  123456.7890  0.8412  20.00000000',
    '   0.000000       0.2500  1.0000         NULL',
  ]);
});

test('no number but 0 is written as 0, and what has no exponent has its point where the others have it', () => {
  const number = fc.oneof(
    fc.double({ noDefaultInfinity: true, noNaN: true }),
    fc
      .tuple(fc.integer({ min: -999, max: 999 }), fc.integer({ min: -14, max: 14 }))
      .map(([head, exponent]) => head * 10 ** exponent),
  );
  fc.assert(
    fc.property(fc.array(number, { minLength: 1, maxLength: 20 }), (values) => {
      const texts = numberTexts(values, 12).map(String);
      const plain = texts.filter((text) => !text.includes('e'));
      const points = new Set(plain.map((text) => text.split('.')[1]?.length ?? 0));
      const large = values.some((value) => Math.abs(value) >= 1e15);
      return (
        values.every((value, at) => (Number(texts[at]) === 0) === (value === 0)) &&
        (points.size <= 1 || large || Math.max(...values.map(Math.abs)) < 1e-9)
      );
    }),
    { seed: 6, numRuns: 2000 },
  );
});

test('a table has its types as titles, numbers on the right, and says what it leaves out', async () => {
  const { 'text/html': html, 'text/plain': text } = await shown(
    'select i::integer as n, \'a\' || i as "<name>" from range(22) t(i)',
    1_234_567,
  );
  expect(html?.split('\n').slice(0, 6)).toEqual([
    '<table border="1" class="dataframe">',
    '<thead>',
    '<tr><th align="right" title="INTEGER">n</th><th align="left" title="VARCHAR">&lt;name&gt;</th></tr>',
    '</thead>',
    '<tbody>',
    '<tr><td align="right">0</td><td align="left">a0</td></tr>',
  ]);
  expect(html?.match(/<tr>/g)?.length).toBe(21);
  expect(html).toContain('<p>1,234,567 rows × 2 columns, the first 20 rows shown</p>');
  expect(text?.split('\n').slice(0, 3)).toEqual([' n  <name>', ' 0  a0', ' 1  a1']);
});

test('a table without rows keeps its header, and one of many columns shows the first', async () => {
  const empty = await shown('select 1 as a where false');
  expect(empty['text/plain']).toBe('a\n\n[0 rows × 1 column]');
  const columns = Array.from({ length: 70 }, (_, i) => `${i} as c${i}`).join(', ');
  const wide = await shown(`select ${columns}, 'x\ny' as last`);
  expect(wide['text/plain']).toContain('[1 row × 71 columns, the first 60 columns shown]');
});

test('long values and line breaks stay within one line of text', async () => {
  const { 'text/plain': text } = await shown("select repeat('é', 400) as a, 'x\ny' as b");
  const [, row = ''] = text?.split('\n') ?? [];
  expect(row).toBe(`${'é'.repeat(49)}…  x\\ny`);
});

test('an error is a sentence without a stack', () => {
  expect(errorOutput(new AppError('CELL_NEEDS', { what: '"a", which failed' }))).toEqual({
    output_type: 'error',
    ename: 'CELL_NEEDS',
    evalue: 'The cell waits for "a", which failed.',
    traceback: [],
  });
});
