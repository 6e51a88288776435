import { mkdirSync, readdirSync, renameSync, copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  bool,
  dateDay,
  decimal128,
  dictionary,
  float64,
  int32,
  int64,
  list,
  tableFromArrays,
  tableFromIPC,
  tableToIPC,
  timestamp,
  TimeUnit,
  utf8,
} from '@uwdata/flechette';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type NotebookSql,
  openNotebookSql,
} from '../../../pipeline/engine/native/notebook-sql/notebook-sql.ts';
import { notebookAttacks } from './notebook-sql-attacks.ts';
import { attacks, forbidden, invalid } from './owner-sql-attacks.ts';
import { OwnerFixture } from './owner-sql-fixture.ts';

let on: OwnerFixture;
let sql: NotebookSql;

const endless =
  'with recursive r(n) as (select 1 union all select n + 1 from r) select max(n) from r';

function open(): NotebookSql {
  const { workspace, warehouse } = on;
  return openNotebookSql({ workspace, warehouse, memoryLimit: '300MB' });
}

async function rows(text: string, limit?: number): Promise<Record<string, unknown>[]> {
  const ipc = await sql.read({ sql: text, ...(limit === undefined ? {} : { limit }) });
  return tableFromIPC(ipc).toArray();
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    (value) => `allowed: ${JSON.stringify(value, (_, one: unknown) => String(one))}`,
    (error: unknown) => (error as { code?: string }).code ?? String(error),
  );
}

beforeEach(async () => {
  on = await OwnerFixture.make();
  sql = open();
});

afterEach(async () => {
  await sql.close();
  await on.dispose();
});

describe('an attack by the SQL of a notebook', () => {
  it('is refused whether it would be a table or only read, and changes nothing', async () => {
    writeFileSync(join(on.workspace, 'files', 'own.csv'), 'a\n1\n');
    const before = on.untouched();
    await sql.create({ name: 'kept', sql: 'select 1 a' });
    const real = (text: string) =>
      text.replaceAll('OUT', on.outside).replaceAll('WS', on.workspace);
    const found: [string, string][] = [];
    for (const [text] of notebookAttacks) {
      const read = await codeOf(sql.read({ sql: real(text) }));
      const made = await codeOf(sql.create({ name: 'made', sql: real(text) }));
      found.push([text, read === made ? read : `${read}, but ${made}`]);
    }
    expect(found).toEqual(notebookAttacks);
    for (const [text] of attacks) {
      expect([forbidden, invalid], text).toContain(await codeOf(sql.read({ sql: real(text) })));
    }
    expect(
      await rows(
        "select a, (select count(*) from duckdb_tables() where database_name = 'memory')::int n from kept",
      ),
    ).toEqual([{ a: 1, n: 1 }]);
    expect(sql.generation).toBe(1);
    expect(on.untouched()).toEqual(before);
    expect(readdirSync(on.outside)).toEqual(['secret.csv']);
  });

  it('that switches on logging to a file spoils its own process only, and the next request works', async () => {
    const other = open();
    await other.create({ name: 'mine', sql: 'select 7 a' });
    const log = `from enable_logging('QueryLog', storage = 'file', storage_path = '${on.outside}/log')`;
    // Whether DuckDB fails at once or with the next statement, nothing is written and the process goes.
    for (const work of [sql.create({ name: 'x', sql: log }), sql.read({ sql: log })]) {
      await codeOf(work);
    }
    expect(await rows('select 1 a')).toEqual([{ a: 1 }]);
    expect(readdirSync(on.outside)).toEqual(['secret.csv']);
    expect(sql.generation).toBeGreaterThan(1);
    expect(other.generation).toBe(1);
    expect(tableFromIPC(await other.read({ sql: 'from mine' })).toArray()).toEqual([{ a: 7 }]);
    await other.close();
  });

  it('sees no secrets, no settings of the host and no other database', async () => {
    expect(await rows('select count(*)::int n from duckdb_secrets()')).toEqual([{ n: 0 }]);
    expect(
      await rows(
        'select database_name d, path p from duckdb_databases() where not internal order by d',
      ),
    ).toEqual([
      { d: 'memory', p: null },
      { d: 'warehouse', p: expect.stringContaining('notebook-sql-') },
    ]);
  });
});

describe("a notebook's tables", () => {
  it('are made of any reading statement, read by name, and may be called anything', async () => {
    const made: Record<string, unknown> = {};
    for (const [name, text] of [
      ['select', 'select 1 a --'],
      ['silver', "select ';' as a, id from silver.transactions order by id desc limit 3;"],
      [
        'my "table"; drop',
        'from silver transactions select 2 a'.replace(' transactions', '.transactions'),
      ],
      ['warehouse', 'values (1), (2)'],
      ['a.b', '(with q as (select 1 x) select * from q)'],
      ['described', 'describe silver.transactions'],
      ['summarized', 'summarize silver.transactions'],
      ['shown', 'show tables'],
      ['explained', 'explain select 1'],
      ['pivoted', "pivot (select 'x' k, 1 v) on k using sum(v)"],
      ['unpivoted', 'unpivot (select 1 x, 2 y) on x, y'],
      ['tabled', 'table silver.transactions'],
      ['transactions', 'select count(*) n from silver.transactions'],
    ] as const) {
      made[name] = (await sql.create({ name, sql: text })).rows;
    }
    expect(made).toEqual({
      select: 1,
      silver: 3,
      'my "table"; drop': 100,
      warehouse: 2,
      'a.b': 1,
      described: 3,
      summarized: 3,
      shown: expect.any(Number),
      explained: 1,
      pivoted: 1,
      unpivoted: 2,
      tabled: 100,
      transactions: 1,
    });
    expect(await rows('select id from silver')).toEqual([{ id: 99 }, { id: 98 }, { id: 97 }]);
    expect(await rows('select count(*)::int n from silver.transactions')).toEqual([{ n: 100 }]);
    expect(await rows('from "a.b"')).toEqual([{ x: 1 }]);
    expect(await rows('from "my ""table""; drop"', 1)).toEqual([{ a: 2 }]);
    expect(await rows("pivot (select 'x' k, 1 v) on k using sum(v)::int")).toEqual([{ x: 1 }]);
    expect(await rows('explain analyze select 1')).toHaveLength(1);
    await sql.drop('silver');
    expect(await codeOf(sql.read({ sql: 'from silver' }))).toBe(invalid);
    expect(await codeOf(sql.create({ name: '', sql: 'select 1' }))).toBe(invalid);
  });

  it('tell their columns, replace themselves by what they held, and stay when that fails', async () => {
    const shape = await sql.create({
      name: 't',
      sql: "select 1 a, 1.5::decimal(9,2) b, 'x'::enum('x', 'y') c, [1] d, 1 a",
    });
    expect(shape).toEqual({
      rows: 1,
      columns: [
        { name: 'a', type: 'INTEGER' },
        { name: 'b', type: 'DECIMAL(9,2)' },
        { name: 'c', type: 'ENUM' },
        { name: 'd', type: 'INTEGER[]' },
        { name: 'a_1', type: 'INTEGER' },
      ],
    });
    expect((await sql.create({ name: 't', sql: 'from t union all from t' })).rows).toBe(2);
    expect(await codeOf(sql.create({ name: 't', sql: "select 'x'::int from range(9)" }))).toBe(
      invalid,
    );
    expect(
      await codeOf(
        sql.create({ name: 't', sql: "pivot (select 'x' k, 1 v) on k using sum(v / 'y'::int)" }),
      ),
    ).toBe(invalid);
    expect(await rows('select count(*)::int n from t')).toEqual([{ n: 2 }]);
  });

  it('come with the first rows that were asked for, such as reading them gives', async () => {
    const queries = [
      "select i, 'é' || i as t, [i] as l, date '2024-02-29' as d from range(30) r(i) order by i desc",
      'select 1 a where false',
      'describe silver.transactions',
      'explain select 1',
      "pivot (select 'x' k, 1 v) on k using sum(v)",
    ];
    for (const text of queries) {
      const { first, ...shape } = await sql.create({ name: 'begun', sql: text, first: 4 });
      const read = await sql.read({ sql: 'from begun', limit: 4 });
      expect(tableFromIPC(first ?? new Uint8Array()).toArray()).toEqual(
        tableFromIPC(read).toArray(),
      );
      expect(shape).toEqual(await sql.create({ name: 'begun', sql: text }));
    }
  });

  it('keep the order that a query asks for', async () => {
    await sql.create({
      name: 'ordered',
      sql: 'select range a from range(500000) order by hash(range)',
    });
    expect(
      await rows(
        'select bool_and(h >= p) ok from (select hash(a) h, lag(hash(a), 1, 0) over (order by rowid) p from ordered)',
      ),
    ).toEqual([{ ok: true }]);
    const ipc = await sql.read({ sql: 'from ordered', limit: 100_000 });
    const values = tableFromIPC(ipc).getChild('a');
    expect(await rows(`select a from ordered limit 1 offset 99999`)).toEqual([
      { a: values.at(99_999) },
    ]);
  });

  it('are made of Arrow with its types and missing values, and refuse what they cannot hold by name', async () => {
    const days = [new Date('2024-02-29T00:00:00Z'), null, new Date('1969-12-31T00:00:00Z')];
    const table = tableFromArrays(
      {
        i: [1, null, -3],
        big: [1n, null, -(2n ** 62n)],
        f: [0.5, null, -1e300],
        text: ['ä', null, "it's"],
        kind: ['a', null, 'a'],
        yes: [true, null, false],
        day: days,
        at: days,
        money: [1.25, null, -0.01],
      },
      {
        types: {
          i: int32(),
          big: int64(),
          f: float64(),
          text: utf8(),
          kind: dictionary(utf8()),
          yes: bool(),
          day: dateDay(),
          at: timestamp(TimeUnit.MICROSECOND, 'UTC'),
          money: decimal128(12, 2),
        },
        useBigInt: true,
      },
    );
    const shape = await sql.insert({
      name: 'in "it"',
      ipc: tableToIPC(table, { format: 'stream' })!,
    });
    expect(shape.columns.map(({ type }) => type)).toEqual([
      'INTEGER',
      'BIGINT',
      'DOUBLE',
      'VARCHAR',
      'VARCHAR',
      'BOOLEAN',
      'DATE',
      'TIMESTAMP WITH TIME ZONE',
      'DECIMAL(12,2)',
    ]);
    expect(
      await rows(
        'select i, big::varchar big, f, text, kind, yes, day::varchar "day", epoch_ms("at")::double "at", money::varchar money from "in ""it"""',
      ),
    ).toEqual([
      {
        i: 1,
        big: '1',
        f: 0.5,
        text: 'ä',
        kind: 'a',
        yes: true,
        day: '2024-02-29',
        at: Number(days[0]),
        money: '1.25',
      },
      {
        i: null,
        big: null,
        f: null,
        text: null,
        kind: null,
        yes: null,
        day: null,
        at: null,
        money: null,
      },
      {
        i: -3,
        big: String(-(2n ** 62n)),
        f: -1e300,
        text: "it's",
        kind: 'a',
        yes: false,
        day: '1969-12-31',
        at: -86_400_000,
        money: '-0.01',
      },
    ]);
    const nested = tableToIPC(tableFromArrays({ l: [[1]] }, { types: { l: list(int32()) } }), {
      format: 'stream',
    })!;
    const refused = sql.insert({ name: 'in "it"', ipc: nested });
    await expect(refused).rejects.toThrow('"l" has Arrow\'s type List');
    expect(await codeOf(sql.insert({ name: 'x', ipc: new Uint8Array(9) }))).toBe(invalid);
    expect(await rows('select count(*)::int n from "in ""it"""')).toEqual([{ n: 3 }]);
  });

  it('come back from Arrow as they went, chunk by chunk, with every type that has a fixed width', async () => {
    const text =
      "select r::tinyint a, r::utinyint b, r::smallint c, r::usmallint d, r::uinteger e, r::ubigint f, r::float g, r::decimal(4,1) h, r::decimal(9,1) i, r::decimal(18,1) j, -r::decimal(38,1) k, ('2020-01-01'::date + r::int)::timestamp_s l, '2020-01-01'::timestamp_ms m, '2020-01-01'::timestamp_ns n, '12:34:56'::time o, 'x'::blob p from (select if(x % 7 = 3, null, x % 100) r from range(5000) t(x))";
    await sql.create({ name: 'before', sql: text });
    await sql.insert({ name: 'after', ipc: await sql.read({ sql: 'from before' }) });
    expect(await rows('select * from (from before except all from after)')).toEqual([]);
    expect(await rows('select (select count(*) from after)::int n')).toEqual([{ n: 5000 }]);
    expect((await rows('describe after')).map((row) => row['column_type'])).toEqual(
      (await rows('describe before')).map((row) => row['column_type']),
    );
  });
});

describe('the names that a query reads', () => {
  it('stay as they are written, without those that it makes itself', async () => {
    await sql.create({ name: 'b', sql: 'select 1 a' });
    const names: Record<string, unknown> = {};
    for (const text of [
      'select * from gold.totals join Top x on true join b using (a)',
      'with q as (select 1) select * from q, "my t"',
      'describe b',
      'pivot b on k using sum(v)',
      'from c select nosuch(a)',
      'select 1',
      'with q as (select 1) select nosuch(1) from q join range(3) on true',
    ]) {
      names[text] = await sql.tableNames(text);
    }
    expect(Object.values(names)).toEqual([
      ['Top', 'b', 'gold.totals'],
      ['"my t"'],
      ['b'],
      ['b'],
      ['c'],
      [],
      [],
    ]);
    expect(await codeOf(sql.tableNames('selec 1'))).toBe(invalid);
    expect(await codeOf(sql.tableNames('from a; from b'))).toBe(invalid);
  });
});

describe('the process of a notebook', () => {
  it('gives up at once when it is cancelled, keeps its tables, and forgets what waited', async () => {
    await sql.create({ name: 't', sql: 'select 1 a' });
    const controller = new AbortController();
    const running = codeOf(sql.read({ sql: endless }, { signal: AbortSignal.timeout(200) }));
    const waiting = codeOf(sql.create({ name: 't', sql: 'select 2 a' }, controller));
    controller.abort();
    expect(await waiting).toBe('CANCELLED');
    expect(await running).toBe('CANCELLED');
    expect(await rows('from t')).toEqual([{ a: 1 }]);
    expect(sql.generation).toBe(1);
  });

  it('that takes too much memory is told, and the generation says that its tables are gone', async () => {
    await sql.create({ name: 't', sql: 'select 1 a' });
    const unaccounted =
      "select length(list_aggregate(list_transform(range(100000), x -> repeat('y', 1000000)), 'string_agg', '')) a";
    expect(await codeOf(sql.read({ sql: 'select list(range) from range(100000000000)' }))).toBe(
      'MEMORY_LIMIT',
    );
    expect(sql.generation).toBe(1);
    expect(await codeOf(sql.read({ sql: unaccounted }))).toBe('SQL_PROCESS_DIED');
    expect(sql.generation).toBe(2);
    expect(await codeOf(sql.read({ sql: 'from t' }))).toBe(invalid);
    expect(sql.generation).toBe(2);
    expect(readdirSync(join(on.workspace, 'tmp'))).toHaveLength(1);
    await sql.close();
    expect(readdirSync(join(on.workspace, 'tmp'))).toHaveLength(0);
    expect(await codeOf(sql.read({ sql: 'select 1' }))).toBe('CANCELLED');
  });

  it('spills to the disk as much as is stated and no more, and goes on without what was too much', async () => {
    await sql.close();
    const { workspace, warehouse } = on;
    sql = openNotebookSql({ workspace, warehouse, memoryLimit: '60MB' });
    const texts = (rows: number) =>
      `select md5(range::varchar) || md5((range + 1)::varchar) a from range(${rows})`;
    const tooMuch = sql.create({ name: 'large', sql: texts(8_000_000) });
    await expect(tooMuch).rejects.toMatchObject({
      code: 'SQL_SPILL_LIMIT',
      message: 'The query was stopped: it needed more than 240MB of the disk beside its memory.',
    });
    expect(await codeOf(sql.read({ sql: "set max_temp_directory_size = '1TB'" }))).toBe(forbidden);
    await sql.create({ name: 'fits', sql: texts(300_000) });
    expect(await rows('select count(a)::int n from fits')).toEqual([{ n: 300_000 }]);
    expect(sql.generation).toBe(1);
  });

  it('reads one state of the warehouse until it is refreshed', async () => {
    const copy = join(on.workspace, 'snapshot.duckdb');
    const publish = () => {
      copyFileSync(on.warehouse, `${copy}.part`);
      rmSync(copy, { force: true });
      renameSync(`${copy}.part`, copy);
    };
    publish();
    await sql.close();
    sql = openNotebookSql({ workspace: on.workspace, warehouse: copy });
    const count = async () => (await rows('select count(*)::int n from silver.transactions'))[0];
    expect(await count()).toEqual({ n: 100 });
    await sql.create({ name: 't', sql: 'select 1 a' });
    await sql.refresh();
    expect(sql.generation).toBe(1);
    await on.write('delete from silver.transactions where id < 40');
    publish();
    expect(await count()).toEqual({ n: 100 });
    await sql.refresh();
    expect(sql.generation).toBe(2);
    expect(await count()).toEqual({ n: 60 });
    expect(await codeOf(sql.read({ sql: 'from t' }))).toBe(invalid);
  });

  it('says that there is no warehouse', async () => {
    mkdirSync(join(on.workspace, 'empty'));
    const none = openNotebookSql({
      workspace: on.workspace,
      warehouse: join(on.workspace, 'none'),
    });
    expect(await codeOf(none.read({ sql: 'select 1' }))).toBe('WORKSPACE_NOT_FOUND');
    await none.close();
  });
});
