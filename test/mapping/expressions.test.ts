import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseExpression } from '../../pipeline/mapping/expression.ts';
import { compileMapping, mapping, parseMapping } from '../../pipeline/mapping/mapping.ts';
import { createRandom } from '../../pipeline/statistics/random.ts';
import {
  codeOf,
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

/** The amounts that an expression gives for records, or the reasons why it gives none. */
async function amounts(expression: string, records: readonly object[], more: object = {}) {
  files++;
  const fields = { customer_id: 'c', occurred_at: 't', amount: expression };
  const lines = records.map((record) =>
    JSON.stringify({ c: 'c', t: '2024-01-01', file: files, ...record }),
  );
  await workspace.ingest(`e${files}.ndjson`, lines.join('\n'), {
    compiled: transactions(fields, more),
  });
  await workspace.transform();
  return (await workspace.fates()).map(({ outcome, amount }) => amount ?? outcome);
}

describe('expressions compute as arithmetic does, exactly', () => {
  const cases: readonly [string, object, string][] = [
    ['1 + 2 * 3', {}, '7.0000'],
    ['(1 + 2) * 3', {}, '9.0000'],
    ['10 - 2 - 3', {}, '5.0000'],
    ['- - a', { a: 3 }, '3.0000'],
    ['a--1', { a: 3 }, '4.0000'],
    ['-a * b', { a: 2, b: 3 }, '-6.0000'],
    ['a / 100', { a: 1999 }, '19.9900'],
    ['a / 100', { a: '99999999999999.99' }, '999999999999.9999'],
    ['abs(a) + 1', { a: '-2.5' }, '3.5000'],
    ['0.1 + 0.2', {}, '0.3000'],
    ['a * 1.00001', { a: 100_000 }, '100001.0000'],
    ['a * b', { a: 100_000, b: '200000.25' }, '20000025000.0000'],
    ['a * b', { a: '0.1', b: '99999999999999.9990' }, '9999999999999.9999'],
    ['a * b', { a: '99999999999999', b: '99999999999999' }, 'invalid_amount'],
    ['a + b', { a: '99999999999999', b: '99999999999999' }, 'invalid_amount'],
    ['a * b * c1', { a: '1.0001', b: '1.0001', c1: '10000' }, '10002.0001'],
    ['a * b', { a: 'x', b: 1 }, 'invalid_amount'],
    ['a * b', { a: 1 }, 'missing_amount'],
    ['coalesce(a, b)', { b: 5 }, '5.0000'],
    ['coalesce(a, b)', {}, 'missing_amount'],
    ["if(kind = 'refund', -a, a)", { a: 5, kind: 'refund' }, '-5.0000'],
    ["if(kind = 'refund', -a, a)", { a: 5 }, '5.0000'],
    ['if(not a > 1 and b > 1 or a = 7, 1, 2)', { a: 7, b: 0 }, '1.0000'],
    ['if(not (a > 1 and b > 1 or a = 7), 1, 2)', { a: 7, b: 0 }, '2.0000'],
    ['if(a is null, 1, 2)', {}, '1.0000'],
    ["if(starts_with(a, 'C'), 1, 2)", { a: 'c1' }, '2.0000'],
    [
      "if(a = '''); drop table raw.record_log; --', 1, 2)",
      { a: "'); drop table raw.record_log; --" },
      '1.0000',
    ],
    ["`'); drop table raw.record_log; --`", { "'); drop table raw.record_log; --": 8 }, '8.0000'],
    ['`a\\` + 1', { 'a\\': 8 }, '9.0000'],
    ['größe$1', { größe$1: 3 }, '3.0000'],
  ];
  test.each(cases)('%s of %o is %s', async (expression, record, expected) => {
    expect(await amounts(expression, [record])).toEqual([expected]);
  });

  test('Quantity * UnitPrice is the product to the last place, for 500 at random', async () => {
    const random = createRandom(1799);
    const records = Array.from({ length: 500 }, () => ({
      quantity: random.integer(200_000) - 100_000,
      units: random.integer(1_000_000),
    }));
    const got = await amounts(
      'Quantity * UnitPrice',
      records.map(({ quantity, units }) => ({
        Quantity: quantity,
        UnitPrice: `${Math.trunc(units / 1000)}.${String(units % 1000).padStart(3, '0')}`,
      })),
    );
    const expected = records.map(({ quantity, units }) => {
      const thousandths = BigInt(quantity) * BigInt(units);
      const sign = thousandths < 0n ? '-' : '';
      const digits = String(thousandths < 0n ? -thousandths : thousandths).padStart(4, '0');
      return `${sign}${digits.slice(0, -3)}.${digits.slice(-3)}0`;
    });
    expect(got).toEqual(expected);
  });

  test('the tables are still there', async () => {
    expect(
      await workspace.connection.rows('select count(*) > 0 as there from raw.record_log'),
    ).toEqual([{ there: true }]);
    await workspace.expectConserved();
  });
});

const unreadable = [
  ...[
    '',
    '(',
    'a +',
    'a b',
    "'open",
    '`open',
    '"a"',
    'a;',
    'a /* c */ b',
    '1e5',
    '.5',
    '5.',
    'a.',
    'a..b',
    'f(a',
    'f(a,)',
  ],
  ...[
    'a = = b',
    'a is nul',
    'not',
    '()',
    '`',
    '``',
    'a \0',
    '*',
    `${'('.repeat(200)}a${')'.repeat(200)}`,
    `${'-'.repeat(500)}a`,
  ],
];
test.each(unreadable)('what cannot be read is refused as an expression: %j', async (source) => {
  expect(await codeOf(() => parseExpression(source))).toBe('EXPRESSION_INVALID');
});

const meaningless = [
  ...[
    'a / b',
    'a / 3',
    'nothing(a)',
    'constructor(a)',
    'toString(a)',
    '__proto__(a)',
    'lower()',
    'lower(a, b)',
    'coalesce()',
    'if(a, b, c)',
  ],
  ...[
    'a = 1',
    'not a',
    'a and b',
    'abs(a = 1)',
    'a + (b = 1)',
    'a * 99999999999999999999999',
    'a * 0.0000000001',
    'a is null',
  ],
  Array.from({ length: 12 }, () => 'a').join(' * '),
];
test.each(meaningless)(
  'what no record could satisfy is refused before any record is read: %s',
  async (amount) => {
    const fields = { customer_id: 'c', occurred_at: 't', amount };
    expect(await codeOf(() => transactions(fields))).toBe('EXPRESSION_INVALID');
  },
);

test('a mapping that lacks what its kind needs, or says what there is not, is refused by name', async () => {
  const broken = [
    { name: 'm', kind: 'transactions', fields: { customer_id: 'c', amount: 'a' } },
    {
      name: 'm',
      kind: 'transactions',
      fields: { customer_id: 'c', amount: 'a', occurred_at: 't' },
    },
    {
      name: 'm',
      kind: 'transactions',
      identity: 'time',
      lines: true,
      fields: { customer_id: 'c', amount: 'a', occurred_at: 't' },
    },
  ];
  for (const one of broken) {
    expect(await codeOf(() => compileMapping(mapping.parse(one)))).toBe('MAPPING_INVALID');
  }
  for (const text of [
    '',
    '[]',
    '{"name":"Bad Name"}',
    '{"name":"m","kind":"x","fields":{}}',
    '{"name":"m","kind":"customers","fields":{"__proto__":"a","constructor":"b"}}',
    '{"name":"m","kind":"customers","fields":{"customer_id":"a"},"more":1}',
  ]) {
    expect(await codeOf(() => parseMapping(text, 'm'))).toBe('MAPPING_INVALID');
  }
});

test('an expression that reads either of two fields needs neither in the header, and reject() reasons are given', async () => {
  const compiled = transactions(
    { customer_id: 'coalesce(id, customer)', occurred_at: 't', amount: 'a' },
    { reject: [{ reason: 'a_test', when: "id = 'test' or a > 1000" }] },
  );
  await workspace.ingest(
    'either.csv',
    'customer,t,a\nx,2024-01-01,1\n,2024-01-01,2\ny,2024-01-01,1001\n',
    { compiled },
  );
  await workspace.transform();
  expect((await workspace.fates()).map(({ outcome }) => outcome)).toEqual([
    'accepted',
    'missing_customer_id',
    'a_test',
  ]);
});
