import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Connection, SqlParameters } from '../../../pipeline/engine/engine.ts';
import { openNativeEngine } from '../../../pipeline/engine/native/native-engine.ts';
import { startWasmEngine } from '../../../pipeline/engine/wasm/node/start-wasm-engine.ts';
import type { WasmEngine } from '../../../pipeline/engine/wasm/wasm-engine.ts';
import { decodePieces } from '../../../pipeline/engine/wasm/arrow-values.ts';

let engine: WasmEngine;
let wasm: Connection;
let native: Connection;

beforeAll(async () => {
  engine = await startWasmEngine();
  wasm = await engine.connect();
  native = await (await openNativeEngine(':memory:')).connect();
});

afterAll(async () => {
  native.close();
  await engine.close();
});

const outcome = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(plain, (error: { code?: string }) => error.code);

/** Node's bytes are a Buffer, a page's are not. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return { bytes: [...value] };
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)]));
}

/** Both engines' answer: the rows, or the code of the error. */
async function both(sql: string, parameters?: SqlParameters): Promise<[unknown, unknown]> {
  return [await outcome(wasm.rows(sql, parameters)), await outcome(native.rows(sql, parameters))];
}

async function pieces(sql: string, limit?: number): Promise<Uint8Array[]> {
  const found: Uint8Array[] = [];
  for await (const piece of wasm.arrow(sql, limit === undefined ? {} : { limit }))
    found.push(piece);
  return found;
}

describe('values are those of the native engine', () => {
  it.each([
    "uuid '00000000-0000-0000-0000-00000000000a'",
    "time '12:34:56.789'",
    "time '00:00:00'",
    "interval '1 year 2 months 3 days 04:05:06.5'",
    "interval '-5 minutes'",
    "interval '14 months'",
    "interval '0 days'",
    "'b'::enum('a', 'b')",
    "['b'::enum('a', 'b'), null]",
    "{'a': [1.5::decimal(4,1), null], 'when': timestamp '2024-01-01 00:00:00.5', 'b': '\\x00'::blob}",
    "map {'k': [date '2024-01-01']}",
    '[1, 2, 3]::integer[3]',
    '[[1, null], null, []]',
    'sum(i) from range(10) r(i)',
    '1.5::float + 1',
    '255::utinyint',
    "'-12345.678'::decimal(9,3)",
    "'0.000000000000000000001'::decimal(38,21)",
    "timestamptz '2024-06-30 12:00:00+02'",
    'union_value(n := 5)::varchar',
    "'é'::varchar || chr(0)",
  ])('%s', async (sql) => {
    const [ours, theirs] = await both(`select ${sql.includes(' from ') ? sql : `${sql} as x`}`);
    expect(ours).toEqual(theirs);
  });

  it('whatever columns of numbers hold', async () => {
    const sql = `select i::decimal(30,25) / 7 as a, (i * 1e10)::decimal(38,0) as b, i::utinyint as c, -i::float as d,
      123456789012345678.123::decimal(21,3) + i as e, null as f from range(100) r(i)`;
    expect(await wasm.numbers(sql)).toEqual(await native.numbers(sql));
  });
});

/** Places where a name after a dollar is a parameter, and others where it is none. */
const fragments = fc.constantFrom(
  '$x',
  '$X::varchar',
  "'$x'",
  "'it''s $x'",
  String.raw`e'\'$x'`,
  "x'00'",
  '$$ $x $$',
  '$a$ $x $$ $x $a$',
  '/* $x /* nested $x */ $x */ 1',
  '1 -- $x\n',
  '"$x"',
  '"a""$x"',
  'a$x',
  "'\\'",
  '($x)',
  '[$x,$x]',
  '1.5e3',
  "'é😀$x'",
  'é$x',
);

describe('parameters', () => {
  it('are found where DuckDB finds them, and nowhere else', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fragments, { minLength: 1, maxLength: 4 }), async (parts) => {
        const columns = parts.map((part, i) => `${part} as c${i}`).join(', ');
        const [ours, theirs] = await both(
          `select ${columns}, $x as y from (select 1 as "$x", 2 as "a""$x", 3 as a$x, 4 as é$x)`,
          { x: 'the value' },
        );
        expect(ours).toEqual(theirs);
      }),
      { numRuns: 300 },
    );
  });

  it('come back as they were, whatever is in a text or in bytes', async () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({
        unit: fc.constantFrom("'", '"', '\\', '\0', '$', ';', '-', '\n', 'a', 'é', '{'),
      }),
    );
    const whole = fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n);
    await fc.assert(
      fc.asyncProperty(hostile, fc.uint8Array(), whole, async (t, b, w) => {
        const [row] = await wasm.rows('select $t as t, $b as b, $w::varchar as w', { t, b, w });
        expect(plain(row)).toEqual({ t, b: plain(b), w: String(w) });
      }),
      { numRuns: 200 },
    );
  });

  it.each<[string, SqlParameters]>([
    ['select $x', {}],
    ['select 1 as a', { x: 1 }],
    ['create or replace view v as select $x as a', { x: 1 }],
    ['select $x as a', { x: 1e21 }],
    ['create or replace temp table made as select $x as a; select a, $x as b from made', { x: 1 }],
    ['select $x as a, $y as b, $z as c', { x: -0.5, y: 1e300 / 3, z: Number.NaN }],
    ['from range($n) r(i) select i order by i limit $n', { n: 2 }],
    ["select date '2024-03-01' as d where date '2024-03-01' > $x", { x: '2024-02-29' }],
  ])('mean the same: %s', async (sql, parameters) => {
    const [ours, theirs] = await both(sql, parameters);
    if (!sql.includes(';')) expect(ours).toEqual(theirs);
    else expect(ours).toEqual([{ a: 1, b: 1 }]);
  });
});

describe('Arrow', () => {
  it('is cut within a message, however deep the columns are', async () => {
    const sql = `select i, case when i % 3 > 0 then 'v' || i end as s, [i, null] as l, {'a': [i::varchar]} as t,
      i % 2 = 0 as b, (i / 4)::decimal(9,2) as d, map {i: 'x'} as m from range(5000) r(i)`;
    const whole = decodePieces(await pieces(sql)).toArray();
    for (const limit of [0, 1, 7, 2049]) {
      expect(decodePieces(await pieces(sql, limit)).toArray()).toEqual(whole.slice(0, limit));
    }
  });

  it('has the words of an ENUM, whole and cut', async () => {
    const sql =
      "select (case when i % 3 = 0 then 'a' else 'b' end)::enum('a', 'b') as e from range(3000) r(i)";
    const words = (found: Uint8Array[]): unknown[] => [
      ...(decodePieces(found).getChild('e') ?? []),
    ];
    const truth = Array.from({ length: 3000 }, (_, i) => (i % 3 === 0 ? 'a' : 'b'));
    expect(words(await pieces(sql))).toEqual(truth);
    expect(words(await pieces(sql, 2050))).toEqual(truth.slice(0, 2050));
    const writing = wasm.rows(
      "create or replace temp table e (e enum('a')); insert into e values ('a') returning e",
    );
    await expect(writing).rejects.toMatchObject({ code: 'SQL_INVALID' });
  });

  it('tells columns of one name apart', async () => {
    const { fields } = decodePieces(await pieces('select 1 as a, 2 as a, 3 as b')).schema;
    expect(fields.map(({ name }) => name)).toEqual(['a', 'a:1', 'b']);
  });

  it('of the native engine becomes a table of the same rows', async () => {
    const sql = `select i, 'é' || i as s, (i / 8)::decimal(18,4) as d, timestamp '2024-01-01' + interval (i) second as t,
      [i, null] as l, {'k': i, 'v': 'x'::blob} as r, case when i % 2 = 0 then date '2024-01-01' end as n
      from range(3000) r(i) order by i`;
    const parts: Uint8Array[] = [];
    for await (const piece of native.arrow(sql)) parts.push(piece);
    const stream = Uint8Array.from(Buffer.concat(parts));
    await wasm.run('create schema if not exists shared');
    await engine.insertArrow('shared.whole', stream);
    expect(await outcome(wasm.rows('from shared.whole order by i'))).toEqual(
      await outcome(native.rows(sql)),
    );
    // Without its end mark.
    await engine.insertArrow('shared.open', stream.subarray(0, -8));
    expect(await wasm.rows('select count(*) as n from shared.open')).toEqual([{ n: 3000 }]);
    for (const [table, bytes] of [
      ['shared.whole', stream],
      ['nowhere.t', stream],
      ['shared.garbage', new Uint8Array(100).fill(65)],
      ['shared.part', stream.subarray(0, 5000)],
    ] as const) {
      await expect(engine.insertArrow(table, bytes)).rejects.toMatchObject({ code: 'SQL_INVALID' });
    }
  });
});

describe('a connection', () => {
  it('runs what is asked of it at once in order', async () => {
    await wasm.run('create or replace temp table asked (i integer)');
    const all = Array.from({ length: 20 }, (_, i) =>
      wasm.run('insert into asked select count(*) + $i * 0 from asked', { i }),
    );
    expect(await Promise.all(all)).toEqual(all.map(() => 1));
    const rows = await wasm.rows('select i from asked order by i');
    expect(rows).toEqual(all.map((_, i) => ({ i })));
  });

  it('keeps nothing of a transaction that somebody interrupted and somebody else wants to commit', async () => {
    await wasm.run('create or replace table part (i bigint)');
    const done = wasm.transaction(async () => {
      await wasm.run('insert into part values (1)');
      setTimeout(() => wasm.interrupt(), 30);
      const sql = 'insert into part select i from range(100000000000) r(i)';
      await expect(wasm.run(sql)).rejects.toMatchObject({ code: 'CANCELLED' });
      await wasm.run('insert into part values (2)').catch(() => undefined);
    });
    await expect(done).rejects.toMatchObject({ code: 'SQL_INVALID' });
    expect(await wasm.rows('select * from part')).toEqual([]);
  });

  it('refuses to be used after it was closed, also while its statement runs', async () => {
    const other = await engine.connect();
    const running = other.rows('select count(*) from range(100000000000) r(i)');
    setTimeout(() => other.close(), 30);
    await expect(running).rejects.toMatchObject({ code: 'CANCELLED' });
    await expect(other.rows('select 1')).rejects.toMatchObject({ code: 'INTERNAL' });
    expect(await wasm.rows('select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('ends with its database, and so does what it runs', async () => {
    const other = await startWasmEngine();
    const [busy, reading] = [await other.connect(), await other.connect()];
    const stream = reading.arrow('select i from range(100000000000) r(i)')[Symbol.asyncIterator]();
    await stream.next();
    const running = busy.rows('select count(*) from range(100000000000) r(i)');
    const emptied = pause(30).then(() => other.reset());
    await expect(running).rejects.toMatchObject({ code: 'CANCELLED' });
    await expect(stream.next()).rejects.toMatchObject({ code: 'CANCELLED' });
    await expect(busy.rows('select 1')).rejects.toMatchObject({ code: 'INTERNAL' });
    await emptied;
    expect(await (await other.connect()).rows('from duckdb_tables()')).toEqual([]);
    await other.close();
  });

  it('has a limit of memory, its own or that of its owner', async () => {
    const limited = await startWasmEngine({ memoryLimit: '100MB' });
    const connection = await limited.connect();
    const refused = connection.rows('select len(list(i)) from range(70000000) t(i)');
    await expect(refused).rejects.toMatchObject({
      code: 'MEMORY_LIMIT',
      details: { limit: '95.3 MiB' },
    });
    expect([connection.memoryLimit, wasm.memoryLimit]).toEqual([0, 3e9]);
    expect(await wasm.moreMemory()).toBe(false);
    const running = connection.rows('select count(*) from range(100000000000) r(i)');
    setTimeout(() => void limited.close(), 30);
    await expect(running).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});
