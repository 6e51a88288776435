import { linkSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { attacks, forbidden, invalid } from './owner-sql-attacks.ts';
import { OwnerFixture, SECRET } from './owner-sql-fixture.ts';

let on: OwnerFixture;

beforeEach(async () => {
  on = await OwnerFixture.make();
});

afterEach(() => on.dispose());

describe('an attack by SQL', () => {
  beforeEach(() => {
    const files = join(on.workspace, 'files');
    symlinkSync(join(on.outside, 'secret.csv'), join(files, 'link.csv'));
    symlinkSync(on.outside, join(files, 'folder'));
    symlinkSync(on.workspace, join(files, 'up'));
    symlinkSync(join(on.outside, 'made.csv'), join(files, 'nowhere.csv'));
  });

  it('is refused with a code and changes neither the warehouse nor a file outside, whatever it is', async () => {
    const before = on.untouched();
    const found: [string, string][] = [];
    for (const [sql] of attacks) {
      const real = sql.replaceAll('OUT', on.outside).replaceAll('WS', on.workspace);
      found.push([sql, (await on.code(real)).replace(/^allowed.*/s, 'allowed')]);
    }
    expect(found).toEqual(attacks);
    expect(await on.rows('select count(*)::int n, sum(amount) s from silver.transactions')).toEqual(
      [{ n: 100, s: 5000 }],
    );
    await on.owner.close();
    expect(on.untouched()).toEqual(before);
    expect(readdirSync(on.outside)).toEqual(['secret.csv']);
  });

  it('that logs to a file outside writes nothing, and the next query works', async () => {
    const log = `from enable_logging('QueryLog', storage = 'file', storage_path = '${on.outside}/log')`;
    const hidden = `from query('from enable_log' || 'ging(''QueryLog'', storage = ''file'', storage_path = ''${on.outside}/log'')')`;
    for (const sql of [log, hidden]) {
      expect(await on.code(sql)).toBe(forbidden);
      expect(await on.rows('select 1 a')).toEqual([{ a: 1 }]);
    }
    expect(readdirSync(on.outside)).toEqual(['secret.csv']);
  });

  it('cannot blind the check of the schemas with macros and schemas of the same names', async () => {
    await on.rows(
      'create macro "+"(a, b) as 1; create macro duckdb_views() as table select 1; create schema system; create schema warehouse; create table owner.warehouse.transactions as select 1; create table owner.system.t as select 1',
    );
    expect(await on.code('drop view silver.transactions')).toBe(forbidden);
    await on.reopen();
    expect(await on.code('create table ops.x as select 1')).toBe(forbidden);
    expect(await on.rows('select count(*)::int n from silver.transactions')).toEqual([{ n: 100 }]);
  });

  it('that renames a database behind a space the guard does not know costs the process, not the next query', async () => {
    await on.rows('alter\u00a0database warehouse set alias to w');
    expect(await on.rows('select count(*)::int n from silver.transactions')).toEqual([{ n: 100 }]);
  });

  it('through a hard link in files is as open as the link makes it, since a hard link is the file', async () => {
    linkSync(join(on.outside, 'secret.csv'), join(on.workspace, 'files', 'hard.csv'));
    expect(await on.rows("select a from 'hard.csv'")).toEqual([{ a: SECRET }]);
  });
});

describe('the owner', () => {
  it('reads every layer and shows the last rows of several statements', async () => {
    expect(
      await on.rows(
        'select (select count(*) from raw.records)::int r, (select sum(amount) from silver.transactions)::double s, (select total from gold.totals)::double g, (select count(*) from features.customer_features)::int f, (select id from ops.runs) o',
      ),
    ).toEqual([{ r: 3, s: 5000, g: 5000, f: 1, o: 1 }]);
    expect(await on.rows('select 1 a; select 2 a; create schema x;')).toEqual([{ a: 2 }]);
    expect(await on.rows('from silver.transactions select id order by id', { limit: 2 })).toEqual([
      { id: 0 },
      { id: 1 },
    ]);
  });

  it('keeps schemas of their own over restarts, in the owner file alone', async () => {
    expect(
      await on.rows(
        'create schema mine; create table mine.t as from silver.transactions; create table plain(a int); insert into plain values (1), (2)',
      ),
    ).toEqual([{ changed: 2 }]);
    await on.reopen();
    await on.rows('update plain set a = a + 1; delete from mine.t where id >= 10');
    expect(
      await on.rows(
        'select (select sum(a) from plain)::int a, (select count(*) from mine.t)::int n',
      ),
    ).toEqual([{ a: 5, n: 10 }]);
    expect(readdirSync(on.workspace).toSorted()).toEqual(
      expect.arrayContaining(['files', 'owner.duckdb', 'tmp', 'warehouse.duckdb']),
    );
  });

  it('writes and reads files in the workspace, pivots, describes and explains', async () => {
    expect(await on.rows("copy (select 1 a) to 'made.csv'")).toEqual([{ changed: 1 }]);
    expect(readFileSync(join(on.workspace, 'files', 'made.csv'), 'utf8')).toBe('a\n1\n');
    expect(await on.rows("select a::int a from 'made.csv'")).toEqual([{ a: 1 }]);
    expect(await on.rows("pivot (select 'x' k, 1 v) on k using sum(v)::int")).toEqual([{ x: 1 }]);
    expect(
      (await on.rows('describe silver.transactions')).map((row) => row['column_name']),
    ).toEqual(['id', 'category', 'amount']);
    for (const sql of ['explain select 1', 'explain (select 1)', 'explain (analyze) select 1']) {
      expect(await on.rows(sql)).toHaveLength(1);
    }
    expect(await on.rows("select current_setting('TimeZone') tz")).toEqual([{ tz: 'UTC' }]);
  });

  it('loses all of a request whose last statement fails', async () => {
    expect(await on.code('create table a as select 1; create table b as select 1/x')).toBe(invalid);
    expect(await on.code('from a')).toBe(invalid);
    expect(await on.code("create table a as select 'x'::int; select 1")).toBe(invalid);
    expect(await on.code('   ; -- nothing\n;')).toBe(invalid);
  });

  it('sees a table that the warehouse gained, without opening anew', async () => {
    expect(await on.code('from gold.new')).toBe(invalid);
    const copy = join(on.workspace, 'snapshot.duckdb');
    await on.owner.close();
    await on.write('create table if not exists gold.first as select 1 a');
    await on.reopen({ warehouse: copy });
    writeFileSync(copy, readFileSync(on.warehouse));
    expect(await on.rows('from gold.first')).toEqual([{ a: 1 }]);
    await on.write('create table gold.new as select 7 a', 'drop table gold.first');
    writeFileSync(`${copy}.part`, readFileSync(on.warehouse));
    rmSync(copy);
    linkSync(`${copy}.part`, copy);
    expect(await on.rows('from gold.new')).toEqual([{ a: 7 }]);
    expect(await on.code('from gold.first')).toBe(invalid);
  });
});
