import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tableFromIPC } from '@uwdata/flechette';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openNativeEngine } from '../../pipeline/engine/native/native-engine.ts';
import { cli, type CliResult, told } from '../helpers/cli.ts';

let folder: string;
let place: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'strata-test-'));
  place = join(folder, 'workspace');
  const records = join(folder, 'orders.ndjson');
  const line =
    '{"order_id":"o1","customer_id":"c1","order_ts":"2024-01-01T10:00:00Z","amount":12.5,"category":"fuel","currency":"EUR"}';
  await writeFile(records, `${line}\n`);
  await cli(['ingest', 'file', records, '--preset', 'orders', '--workspace', place]);
  await cli(['run', '--workspace', place]);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const query = (sql: string, ...more: string[]): Promise<CliResult> =>
  cli(['query', sql, '--workspace', place, ...more]);

const MIXED = `select 1 as i, 9007199254740993::bigint as big, '12345678901234567890.1234'::decimal(38,4) as exact,
  'a "quoted", text' as quoted, 'two
lines' as lines, '' as empty, null::varchar as missing, date '1969-12-31' as day,
  timestamp '1969-12-31 23:59:59.999999' as instant, timestamp 'infinity' as never, [1::bigint, null] as list,
  {'m': 1.25::decimal(4,2)} as nested, '\\x00\\xFF'::blob as bytes, 'Ünï😀' as text, true as flag`;

describe('strata query', () => {
  it('writes CSV as RFC 4180 has it, NULL apart from an empty text', async () => {
    const { code, out, err } = await query(MIXED, '--format', 'csv');
    expect([code, err]).toEqual([0, '']);
    expect(out).toBe(
      `i,big,exact,quoted,lines,empty,missing,day,instant,never,list,nested,bytes,text,flag
1,9007199254740993,12345678901234567890.1234,"a ""quoted"", text","two
lines","",,1969-12-31,1969-12-31T23:59:59.999999,infinity,"[1,null]","{""m"":1.25}",00ff,Ünï😀,true
`,
    );
  });

  it('writes JSON in which nothing is lost: what a number cannot hold is text', async () => {
    const { out } = await query(MIXED, '--json');
    expect(JSON.parse(out)).toEqual([
      {
        i: 1,
        big: '9007199254740993',
        exact: '12345678901234567890.1234',
        quoted: 'a "quoted", text',
        lines: 'two\nlines',
        empty: '',
        missing: null,
        day: '1969-12-31',
        instant: '1969-12-31T23:59:59.999999',
        never: 'infinity',
        list: [1, null],
        nested: { m: 1.25 },
        bytes: '00ff',
        text: 'Ünï😀',
        flag: true,
      },
    ]);
  });

  it('writes Arrow and Parquet that other readers open, no more rows than asked for', async () => {
    const arrow = await query(
      'select i, i::varchar as t from range(100000) r(i)',
      '--format',
      'arrow',
      '--limit',
      '70000',
    );
    const table = tableFromIPC(arrow.bytes);
    expect([table.numRows, table.getChild('t').at(69_999)]).toEqual([70_000, '69999']);
    const parquet = await query(
      'select i, i::varchar as t from range(100000) r(i);',
      '--format',
      'parquet',
      '--limit',
      '70000',
    );
    const file = join(folder, 'out.parquet');
    await writeFile(file, parquet.bytes);
    const engine = await openNativeEngine(':memory:');
    onTestFinished(() => engine.close());
    const connection = await engine.connect();
    const rows = await connection.rows(
      `select count(*) as n, max(i) as last, count(distinct t) as d from '${file}'`,
    );
    expect(rows).toEqual([{ n: 70_000, last: 69_999, d: 70_000 }]);
    expect((await readFile(file)).subarray(0, 4).toString()).toBe('PAR1');
  });

  it("keeps what is written to a schema of the owner's, and nothing that is written elsewhere", async () => {
    const made = await query(
      'create schema mine; create table mine.best as select customer_id, monetary from features.customer_features',
    );
    expect([made.code, made.err]).toEqual([0, '']);
    expect((await query('from mine.best', '--format', 'csv')).out).toBe(
      'customer_id,monetary\nc1,12.5\n',
    );
    for (const sql of [
      'delete from gold.customer_segments',
      'drop table silver.transactions',
      'create table gold.mine as select 1',
      "insert into ops.state values ('features', '')",
      'update raw.records set value = null',
      "copy (select 1) to '/tmp/strata-outside.csv'",
      "select * from read_text('/etc/hostname')",
      "attach ':memory:' as other",
    ]) {
      const result = await query(sql);
      expect(told(result), sql).toMatchObject({ exit: 1, next: true, out: '' });
    }
    const left = await query(
      'select (select count(*) from gold.customer_segments) as a, (select count(*) from silver.transactions) as b',
      '--format',
      'csv',
    );
    expect(left.out).toBe('a,b\n1,1\n');
    expect((await cli(['run', '--workspace', place])).code).toBe(0);
  });

  it("tells a wrong statement in DuckDB's words", async () => {
    const result = await query('select nothing_such from gold.customer_segments');
    expect(told(result)).toMatchObject({ exit: 1, error: 'SQL_INVALID' });
    expect(result.err).toContain('nothing_such');
  });
});
