import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { loadModels } from '../../pipeline/transform/node/load-models.ts';
import { duckdbDialect, expandMacros } from '../../pipeline/transform/dialect.ts';
import { orderModels, referencesOf } from '../../pipeline/transform/order-models.ts';
import { runModel } from '../../pipeline/transform/run-model.ts';
import { type ModelCheck, parseModel, type SqlModel } from '../../pipeline/transform/sql-model.ts';
import { codeOf, type TemporaryWorkspace, temporaryWorkspace } from '../helpers/workspace.ts';

const model = (name: string, sql: string, checks: ModelCheck[] = []): SqlModel => ({
  ...{ name, sql, checks, grain: 'one row per x', description: 'x', materialize: 'table' as const },
});

const header = 'name: a.b\ngrain: x\ndescription: x\nmaterialize: table';

test.each([
  ['no header', 'select 1'],
  ['a header that does not end', `/* model\n${header}\nselect 1`],
  ['YAML that is none', '/* model\nname: [a\n*/\nselect 1'],
  ['a name without a schema', `/* model\n${header.replace('a.b', 'b')}\n*/\nselect 1`],
  ['an unknown way to materialise', `/* model\n${header.replace('table', 'cube')}\n*/\nselect 1`],
  [
    'growth from nothing said',
    `/* model\n${header.replace('table', 'grown')}\n*/\nselect 1 from @known`,
  ],
  ['a misspelt key', `/* model\n${header}\nchecs: []\n*/\nselect 1`],
  ['an unknown check', `/* model\n${header}\nchecks:\n  - notnull: [a]\n*/\nselect 1`],
  [
    'a check of two kinds',
    `/* model\n${header}\nchecks:\n  - not_null: [a]\n    unique: [a]\n*/\nselect 1`,
  ],
])('a model with %s is refused', async (_, text) => {
  expect(await codeOf(() => parseModel(text, 'm.sql'))).toBe('MODEL_SQL_INVALID');
});

test('a model file means the same with the line ends of another system', () => {
  const text = `/* model\n${header}\nchecks:\n  - not_null: [a]\n*/\nselect 1 as a\n`;
  expect(parseModel(text.replaceAll('\n', '\r\n'), 'm.sql')).toEqual(parseModel(text, 'm.sql'));
});

describe('the order of models', () => {
  test('follows what they read, not what they mention in comments and texts', () => {
    const models = [
      model('s.a', "select 'from s.c' as x, '--' as y from s.b -- join s.z\n/* from s.z */"),
      model('s.b', 'select 1 from\n  S.C join (select * from s.d) d on true'),
      model('s.c', "select 'it''s from s.a'"),
      model('s.d', 'select * from s.d_old'),
      model('s.z', 'select * from s.a'),
    ];
    expect(orderModels(models.toReversed()).map(({ name }) => name)).toEqual([
      's.c',
      's.d',
      's.b',
      's.a',
      's.z',
    ]);
    expect(referencesOf('select * from s.a, s.b, (select 1)', new Set(['s.a', 's.b']))).toEqual([
      's.a',
      's.b',
    ]);
  });

  test('refuses a circle and two models of one name', async () => {
    const circle = [model('s.a', 'from s.b'), model('s.b', 'from s.c'), model('s.c', 'from s.a')];
    expect(await codeOf(() => orderModels(circle))).toBe('MODEL_SQL_INVALID');
    expect(await codeOf(() => orderModels([model('s.a', ''), model('s.a', '')]))).toBe(
      'MODEL_SQL_INVALID',
    );
  });
});

test('macros expand inside out, and an unknown or unclosed one is an error', async () => {
  const options = {
    dialect: duckdbDialect,
    parameters: { as_of: "date '2024-01-01'" },
    model: 'm',
  };
  expect(expandMacros('@days_between(min(a, b), @days_before(@as_of, 90)) + @as_of', options)).toBe(
    "date_diff('day', cast(min(a, b) as date), cast((cast(date '2024-01-01' as date) - cast(90 as integer)) as date)) + date '2024-01-01'",
  );
  for (const sql of ['@nothing', '@days_between(a, b', '@constructor(a)', '@to_string']) {
    expect(await codeOf(() => expandMacros(sql, options))).toBe('MODEL_SQL_INVALID');
  }
});

test('a grown model goes on from its table where it grows, else from no rows of the same columns', async () => {
  const workspace = await temporaryWorkspace();
  onTestFinished(() => workspace.remove());
  const { connection } = workspace;
  const sql = 'with news as (select @n as n) select n from @known union all select n from news';
  const empty = 'select * from news';
  const grown: SqlModel = { ...model('gold.m', sql), materialize: 'grown', empty };
  const run = async (n: string, grows: boolean) => {
    await runModel(connection, grown, { parameters: { n }, grows });
    return connection.strings('select n from gold.m order by n');
  };
  expect(await run('1', false)).toEqual(['1']);
  expect(await run('2', true)).toEqual(['1', '2']);
  expect(await run('3', true)).toEqual(['1', '2', '3']);
  expect(await run('4', false)).toEqual(['4']);
});

describe('a check', () => {
  let workspace: TemporaryWorkspace;
  beforeEach(async () => {
    workspace = await temporaryWorkspace();
    await workspace.connection.run(
      'create schema t; create table t.known as select 1 as id union all select null',
    );
  });
  afterEach(() => workspace.remove());

  const rows = "select * from (values (1, 'a'), (2, 'b'), (2, null)) v(id, name)";
  const bad: readonly [string, ModelCheck, number][] = [
    ['not null', { not_null: ['id', 'name'] }, 1],
    ['unique', { unique: ['id'] }, 1],
    ['accepted values', { accepted: { column: 'name', values: ['a', "it's"] } }, 1],
    [
      'relationships, although what they point to holds a NULL',
      { relationships: { column: 'id', to: 't.known' } },
      2,
    ],
    ['rows', { rows: 'select id as bad from t.m where id > @least' }, 2],
  ];
  test.each(bad)(
    'of %s finds the bad rows, names one and leaves the previous table whole',
    async (_, check, found) => {
      const { connection } = workspace;
      const options = { parameters: { least: '1' } };
      await connection.transaction(() =>
        runModel(connection, model('t.m', 'select 7 as id'), options),
      );
      const failing = connection.transaction(() =>
        runModel(connection, model('t.m', rows, [check]), options),
      );
      await expect(failing).rejects.toMatchObject({
        code: 'CHECK_FAILED',
        details: { model: 't.m', rows: found },
      });
      expect(await connection.rows('select * from t.m')).toEqual([{ id: 7 }]);
    },
  );

  test('that all rows pass lets the new table stand', async () => {
    const { connection } = workspace;
    const checks: ModelCheck[] = [
      { not_null: ['id'] },
      { unique: ['id', 'name'] },
      { accepted: { column: 'name', values: ['a', 'b'] } },
      { rows: 'select 1 from t.m where id > 5' },
    ];
    await connection.transaction(() => runModel(connection, model('t.m', rows, checks)));
    expect(await connection.rows('select count(*) as n from t.m')).toEqual([{ n: 3 }]);
  });

  test('in silver that fails rolls the whole step back, and a later run without it takes everything', async () => {
    const line = (i: number): string =>
      `{"customer_id":"c${i}","timestamp":"2024-01-01","amount":${i}}`;
    await workspace.ingest('f1.ndjson', [line(1), line(2), 'bad'].join('\n'));
    await workspace.transform();
    const state = () =>
      workspace.connection.rows(
        `select (select count(*) from silver.transactions) as silver, (select count(*) from ops.quarantine) as quarantine,
           (select count(*) from ops.batches where processed_by is null) as pending`,
      );
    const before = await state();
    await workspace.ingest('f2.ndjson', [line(3), 'worse', line(666), 'null'].join('\n'));
    const planted = loadModels('silver').map((one) =>
      one.name === 'silver.transactions'
        ? {
            ...one,
            checks: [
              ...one.checks,
              { rows: 'select * from silver.transactions where amount = 666' },
            ],
          }
        : one,
    );
    expect(await codeOf(() => workspace.transform(planted))).toBe('CHECK_FAILED');
    expect(await state()).toEqual(before.map((row) => ({ ...row, pending: 1 })));
    const counts = await workspace.transform();
    expect(counts).toEqual({ read: 4, accepted: 2, duplicate: 0, quarantined: 1, ignored: 1 });
    await workspace.expectConserved();
    expect(await workspace.transform()).toEqual({
      read: 0,
      accepted: 0,
      duplicate: 0,
      quarantined: 0,
      ignored: 0,
    });
  });
});
