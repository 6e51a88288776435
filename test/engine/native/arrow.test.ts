import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { tableFromIPC, type Table } from '@uwdata/flechette';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  arrowStream,
  type ArrowStreamOptions,
} from '../../../pipeline/engine/native/arrow-stream.ts';

let instance: DuckDBInstance;
let connection: DuckDBConnection;

beforeAll(async () => {
  instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  connection = await instance.connect();
  await connection.run("set TimeZone = 'UTC'");
});

afterAll(() => {
  connection.closeSync();
  instance.closeSync();
});

async function pieces(sql: string, options?: ArrowStreamOptions): Promise<Uint8Array[]> {
  const found: Uint8Array[] = [];
  for await (const piece of arrowStream(await connection.stream(sql), options)) found.push(piece);
  return found;
}

async function decode(sql: string, options?: ArrowStreamOptions): Promise<Table> {
  return tableFromIPC(Buffer.concat(await pieces(sql, options)), {
    useBigInt: true,
    useBigIntTimestamp: true,
    useDecimalInt: true,
    useMap: true,
  });
}

function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex').toUpperCase();
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    return Array.from(value as unknown as unknown[], plain);
  }
  if (typeof value === 'object' && value !== null) {
    const entries = value instanceof Map ? [...value] : Object.entries(value);
    return Object.fromEntries(entries.map(([k, v]) => [k, plain(v)]));
  }
  return value;
}

/** What flechette decoded, as the text that DuckDB's `truth` gives for the same value. */
function rendered(value: unknown): string | null {
  if (value === null) return null;
  const flat = plain(value);
  return typeof flat === 'string' ? flat : JSON.stringify(flat);
}

/** A type, DuckDB's own rendering of what Arrow carries of it, and values besides NULL. */
const cases: readonly [type: string, truth: string, values: readonly string[]][] = [
  ['BOOLEAN', 'x::varchar', ['true', 'false']],
  ['TINYINT', 'x::varchar', ['-128', '127', '0']],
  ['SMALLINT', 'x::varchar', ['-32768', '32767']],
  ['INTEGER', 'x::varchar', ['-2147483648', '2147483647']],
  ['BIGINT', 'x::varchar', ['-9223372036854775808', '9223372036854775807', '-1']],
  ['UTINYINT', 'x::varchar', ['0', '255']],
  ['USMALLINT', 'x::varchar', ['0', '65535']],
  ['UINTEGER', 'x::varchar', ['0', '4294967295']],
  ['UBIGINT', 'x::varchar', ['0', '18446744073709551615']],
  [
    'HUGEINT',
    'x::varchar',
    ['-99999999999999999999999999999999999999', '99999999999999999999999999999999999999', '-1'],
  ],
  ['UHUGEINT', 'x::varchar', ['0', '340282366920938463463374607431768211455']],
  // A binary fraction prints alike everywhere.
  ['FLOAT', "replace(x::varchar, '.0', '')", ['-0.5', '16777216', '1.25']],
  ['DOUBLE', "replace(x::varchar, '.0', '')", ['-0.5', '9007199254740991', '1.25']],
  ['DECIMAL(4,2)', "replace(x::varchar, '.', '')::bigint::varchar", ['-99.99', '99.99', '0.05']],
  ['DECIMAL(9,3)', "replace(x::varchar, '.', '')::bigint::varchar", ['-999999.999', '0.001']],
  [
    'DECIMAL(18,4)',
    "replace(x::varchar, '.', '')::bigint::varchar",
    ['-99999999999999.9999', '99999999999999.9999', '-0.0001', '429496.7296'],
  ],
  [
    'DECIMAL(38,10)',
    "replace(x::varchar, '.', '')::hugeint::varchar",
    ['-9999999999999999999999999999.9999999999', '9999999999999999999999999999.9999999999'],
  ],
  [
    'VARCHAR',
    'x',
    ["''", "'twelve bytes'", "'thirteen byte'", "'😀'", "'añb😀😀😀😀😀'", "repeat('é😀', 5000)"],
  ],
  [
    'BLOB',
    'hex(x)',
    ["''::blob", "'\\x00\\xFF'::blob", "'\\x80\\x81abcdefghijklmnopq\\x00'::blob"],
  ],
  ['DATE', "((x - date '1970-01-01') * 86400000)::varchar", ["'0001-01-01'", "'9999-12-31'"]],
  ['TIME', "date_part('epoch', x)::decimal(18,6)::varchar", ["'00:00:00'", "'23:59:59.999999'"]],
  ['TIMESTAMP', 'epoch_us(x)::varchar', ["'0001-01-01 00:00:00'", "'2262-04-11 23:47:16.854775'"]],
  ['TIMESTAMP_S', '(epoch_us(x) // 1000000)::varchar', ["'1969-12-31 00:00:00'", "'2200-01-01'"]],
  ['TIMESTAMP_MS', 'epoch_ms(x)::varchar', ["'1969-12-31 23:59:59.999'", "'2200-01-01'"]],
  ['TIMESTAMP_NS', 'epoch_ns(x)::varchar', ["'1969-12-31 23:59:59.999999999'", "'2200-01-01'"]],
  [
    'TIMESTAMPTZ',
    'epoch_us(x)::varchar',
    ["'2024-03-31 01:30:00+05:30'", "'1900-01-01 00:00:00+00'"],
  ],
  ['INTERVAL', 'x::varchar', ["'1 year 2 months 3 days'", "'-5 minutes'"]],
  [
    'UUID',
    'x::varchar',
    ["'ffffffff-ffff-ffff-ffff-ffffffffffff'", "'00000000-0000-0000-0000-000000000001'"],
  ],
  ["ENUM('grocery', 'fuel')", 'x::varchar', ["'grocery'", "'fuel'"]],
  ['BIT', 'x::varchar', ["'10101'", "'0'"]],
  ['TIMETZ', 'x::varchar', ["'12:34:56+02'"]],
  ['UNION(n INTEGER, s VARCHAR)', 'x::varchar', ['union_value(n := 5)', "union_value(s := 'a')"]],
  ['INTEGER[]', 'to_json(x)::varchar', ['[]', '[1, NULL, 3]', '[7]']],
  [
    'VARCHAR[][]',
    'to_json(x)::varchar',
    ["[['a', NULL], NULL, []]", "[['a string beyond twelve']]"],
  ],
  ['INTEGER[3]', 'to_json(x)::varchar', ['[1, NULL, 3]', '[4, 5, 6]']],
  [
    'STRUCT(a INTEGER, b STRUCT(c VARCHAR, d BOOLEAN))',
    'to_json(x)::varchar',
    ["{'a': 1, 'b': {'c': 'é', 'd': true}}", "{'a': NULL, 'b': NULL}"],
  ],
  [
    'STRUCT(key VARCHAR, tags VARCHAR[])[]',
    'to_json(x)::varchar',
    ["[{'key': 'k', 'tags': ['x', NULL]}, NULL, {'key': NULL, 'tags': []}]", '[]'],
  ],
  ['MAP(VARCHAR, INTEGER)', 'to_json(x)::varchar', ["map {'a': 1, '__proto': NULL}", 'map {}']],
];

describe('arrowStream', () => {
  it.each(cases)('carries %s and its NULLs exactly', async (type, truth, values) => {
    const rows = [...values, 'NULL'].map((value, i) => `(${i}, cast(${value} as ${type}))`);
    // 5,000 rows in an order that mixes chunks, NULLs at every alignment of the bitmap.
    const sql = `from (values ${rows.join(',')}) v(i, x) join range(5000) t(r) on i = (r * r + r // 3) % ${rows.length}`;
    const table = await decode(`select x ${sql} order by r`);
    const expected = await connection.runAndReadAll(`select ${truth} ${sql} order by r`);
    const found = [...(table.getChild('x') ?? [])].map(
      type === 'TIME' ? (v) => (v === null ? null : decimalText(v as bigint, 6)) : rendered,
    );
    const text = expected.getColumnsJson()[0] ?? [];
    expect(text).toHaveLength(5000);
    expect(new Set(text).size).toBe(rows.length);
    expect(found).toEqual(text);
  });

  it('keeps the special values of floating point', async () => {
    const table = await decode(
      "select unnest(['nan'::double, 'inf', '-inf', '-0'::double, 5e-324, 1.7976931348623157e308]) x",
    );
    expect([...(table.getChild('x') ?? [])]).toEqual([
      NaN,
      Infinity,
      -Infinity,
      -0,
      Number.MIN_VALUE,
      Number.MAX_VALUE,
    ]);
  });

  it('gives the schema of an empty result', async () => {
    const table = await decode(
      "select 1::bigint as id, [{'a': 'b'}] as tags, 1.5::decimal(9,2) as x, null as nothing where false",
    );
    expect(table.numRows).toBe(0);
    expect(table.schema.fields.map(({ name }) => name)).toEqual(['id', 'tags', 'x', 'nothing']);
    expect(table.schema.fields[2]?.type).toMatchObject({ precision: 9, scale: 2, bitWidth: 128 });
  });

  it('numbers the second of two columns with one name', async () => {
    const table = await decode('select 1 a, 2 a');
    expect(table.at(0)).toEqual({ a: 1, 'a:1': 2 });
  });

  it('carries 200,000 rows across batches as the value objects of node-api read them', async () => {
    const sql = `select r id, case when r % 7 = 0 then null else repeat('ä', (r % 11)::int) || r end as "name",
      (r / 3)::decimal(18,4) amount, case when r % 5 <> 0 then [r, null] end list
      from range(200000) t(r)`;
    const table = await decode(sql);
    const expected = (await connection.runAndReadAll(sql)).getColumns();
    expect(table.numRows).toBe(200_000);
    expect(table.getChild('id')?.data.length).toBeGreaterThan(2);
    for (const [index, name] of ['id', 'name', 'amount', 'list'].entries()) {
      const found = table.getChild(name)?.toArray() ?? [];
      const wrong = (expected[index] ?? []).filter((value, row) => {
        const text = value === null ? null : String(value);
        return cellText(name, found[row]) !== text;
      });
      expect(wrong).toEqual([]);
    }
  });

  it('cuts batches by bytes where values are large', async () => {
    const parts = await pieces("select r, repeat('x', 3000000 + r::int) big from range(40) t(r)");
    expect(parts.length).toBeGreaterThan(12);
    expect(Math.max(...parts.map((part) => part.length))).toBeLessThan(13_000_000);
    const table = tableFromIPC(Buffer.concat(parts));
    const lengths = Array.from(table.getChild('big') ?? [], (v) => String(v).length);
    expect(lengths).toEqual(Array.from({ length: 40 }, (_, r) => 3_000_000 + r));
  });

  it('reads long strings in whatever order they lie in memory', async () => {
    const sql = 'select md5(r::varchar) || r s from range(30000) t(r) order by hash(r)';
    const table = await decode(sql);
    const expected = (await connection.runAndReadAll(sql)).getColumns()[0];
    expect([...(table.getChild('s') ?? [])]).toEqual(expected);
  });

  it.each([0, 1, 2048, 3000, 70_000])('stops after %i rows', async (limit) => {
    const table = await decode('select r from range(100000) t(r)', { limit });
    expect(table.numRows).toBe(limit);
    if (limit > 0) expect(table.getChild('r')?.at(limit - 1)).toBe(BigInt(limit - 1));
  });

  it('throws CANCELLED between batches once its signal is aborted', async () => {
    const controller = new AbortController();
    const result = await connection.stream('select r from range(10000000) t(r)');
    const read = async () => {
      let count = 0;
      for await (const _piece of arrowStream(result, { signal: controller.signal })) {
        if (++count === 3) controller.abort();
      }
    };
    await expect(read()).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});

/** A scaled non-negative integer with its decimal point. */
function decimalText(scaled: bigint, scale: number): string {
  const digits = String(scaled).padStart(scale + 1, '0');
  return `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** A decoded cell as node-api's value object prints it. */
function cellText(column: string, value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (column === 'amount') return decimalText(value as bigint, 4);
  if (column === 'list') return `[${Array.from(value as bigint[], (v) => v ?? 'NULL').join(', ')}]`;
  return typeof value === 'bigint' ? String(value) : (value as string);
}
