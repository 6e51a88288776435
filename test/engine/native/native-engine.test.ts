import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Connection, Engine, EngineOptions } from '../../../pipeline/engine/engine.ts';
import { openNativeEngine } from '../../../pipeline/engine/native/native-engine.ts';
import { withRoom } from '../../../pipeline/engine/with-room.ts';
import { temporaryFolder } from '../../helpers/temporary-workspace.ts';
import { engineContract } from '../contract.ts';

engineContract('native, in memory', () => openNativeEngine(':memory:'));

async function open(
  path: string,
  options: EngineOptions = {},
): Promise<{ engine: Engine; connection: Connection }> {
  const engine = await openNativeEngine(path, options);
  onTestFinished(() => engine.close());
  return { engine, connection: await engine.connect() };
}

/** Another process that opens the file and says what came of it; it holds the file until it is ended. */
async function otherProcess(path: string, options: EngineOptions): Promise<string> {
  const driver = import.meta.resolve('../../../pipeline/engine/native/native-engine.ts');
  const program = `
    const { openNativeEngine } = await import(${JSON.stringify(driver)});
    await openNativeEngine(...${JSON.stringify([path, options])}).then(
      () => console.log('open'), (error) => console.log(error.code));
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program]);
  onTestFinished(async () => {
    if (child.exitCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  });
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  return String(line);
}

describe('openNativeEngine', () => {
  it('keeps what was committed and nothing of what was not', async () => {
    const path = join(await temporaryFolder(), 'a.duckdb');
    const first = await openNativeEngine(path);
    const connection = await first.connect();
    await connection.run('create table t as select 1 as i; begin; insert into t values (2)');
    connection.close();
    await first.close();
    const { connection: again } = await open(path);
    expect(await again.rows('select * from t')).toEqual([{ i: 1 }]);
  });

  it('goes on with a file whose row groups have the default size', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, "it's.duckdb");
    const instance = await DuckDBInstance.create(path);
    const before = await instance.connect();
    await before.run("create table t as select i, i * 2 as v, 'a' as text from range(100000) r(i)");
    before.closeSync();
    instance.closeSync();
    let rows = 100_000;
    for (const more of [10, 40_000, 150_000]) {
      const engine = await openNativeEngine(path);
      const connection = await engine.connect();
      await connection.run(
        `insert into t select i, i * 2, 'b' from range(${rows}, ${rows + more}) r(i);
         update t set text = 'c' where i % 1001 = 3;
         delete from t where i % 50021 = 7`,
      );
      rows += more;
      const left = `select i::bigint as i, i * 2 as v, case when i % 1001 = 3 then 'c' when i < 100000 then 'a' else 'b' end as text
        from range(${rows}) r(i) where i % 50021 <> 7`;
      expect(
        await connection.rows(
          `select (select count(*) from (from t except all ${left})) as extra,
             (select count(*) from (${left} except all from t)) as missing`,
        ),
      ).toEqual([{ extra: 0, missing: 0 }]);
      connection.close();
      await engine.close();
    }
    expect(readdirSync(folder)).toEqual(["it's.duckdb"]);
  });

  it('refuses every write when it is read-only', async () => {
    const path = join(await temporaryFolder(), 'a.duckdb');
    const first = await openNativeEngine(path);
    const writer = await first.connect();
    await writer.run('create table t as select 1 as i');
    writer.close();
    await first.close();
    const { connection } = await open(path, { readOnly: true });
    for (const sql of ['insert into t values (2)', 'drop table t', 'create table u (i integer)']) {
      await expect(connection.run(sql)).rejects.toMatchObject({ code: 'SQL_INVALID' });
    }
    await expect(connection.append('t', [{ type: 'INTEGER', values: [2] }])).rejects.toMatchObject({
      code: 'SQL_INVALID',
    });
    expect(await connection.rows('select * from t')).toEqual([{ i: 1 }]);
    expect(await otherProcess(path, { readOnly: true })).toBe('open');
  });

  it('is shut to a second writer and to a reader while another process writes', async () => {
    const path = join(await temporaryFolder(), 'a.duckdb');
    expect(await otherProcess(path, {})).toBe('open');
    for (const options of [{}, { readOnly: true }]) {
      const refused = openNativeEngine(path, options);
      await expect(refused).rejects.toMatchObject({ code: 'WORKSPACE_LOCKED' });
      await expect(refused).rejects.toThrow(path);
    }
  });

  it('tells a file that is no database as damaged and leaves it as it is', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'a.duckdb');
    writeFileSync(path, 'not a database '.repeat(1000));
    await expect(openNativeEngine(path)).rejects.toMatchObject({ code: 'WORKSPACE_DAMAGED' });
    expect(readdirSync(folder)).toEqual(['a.duckdb']);
  });

  it('spills to disk what does not fit into memory', async () => {
    const folder = await temporaryFolder();
    const { connection } = await open(join(folder, 'a.duckdb'), {
      memoryLimit: '60MB',
      threads: 2,
      temporaryDirectory: join(folder, 'tmp'),
    });
    const [row] = await connection.rows(
      'select count(*) as n, sum(i) as s from (select i, row_number() over (order by hash(i)) as r from range(3000000) t(i))',
    );
    expect(row).toEqual({ n: 3_000_000, s: 4_499_998_500_000 });
  });

  it('tells what can neither fit nor spill as MEMORY_LIMIT with the limit, and goes on', async () => {
    const folder = await temporaryFolder();
    const { connection } = await open(join(folder, 'a.duckdb'), {
      memoryLimit: '60MB',
      threads: 2,
    });
    await connection.run('create table t as select 1 as i');
    const refused = connection.transaction(async () => {
      await connection.run('insert into t values (2)');
      await connection.rows("select length(string_agg(repeat('x', 100), '')) from range(6000000)");
    });
    // 60 MB are 57.2 MiB.
    await expect(refused).rejects.toMatchObject({
      code: 'MEMORY_LIMIT',
      details: { limit: '57.2 MiB' },
    });
    expect(await connection.rows('select * from t')).toEqual([{ i: 1 }]);
  });

  it('takes more memory for work that cannot do with little, unless its owner set the limit', async () => {
    const needsMore = 'select len(list(i)) as n from range(70000000) t(i)';
    const { connection } = await open(':memory:');
    let tries = 0;
    const work = async () => {
      tries++;
      return connection.rows(needsMore);
    };
    expect(await withRoom(connection, work)).toEqual([{ n: 70_000_000 }]);
    expect(tries).toBe(2);
    // A transaction that failed cannot go on, so what is within one leaves the second try to whoever began it.
    const outer = (await open(':memory:')).connection;
    const within = () => outer.transaction(() => withRoom(outer, () => outer.rows(needsMore)));
    expect(await withRoom(outer, within)).toEqual([{ n: 70_000_000 }]);
    const limited = await open(':memory:', { memoryLimit: '512MB' });
    await expect(
      withRoom(limited.connection, () => limited.connection.rows(needsMore)),
    ).rejects.toMatchObject({ code: 'MEMORY_LIMIT' });
  });

  it('says DISK_FULL where spilling meets its limit', async () => {
    const folder = await temporaryFolder();
    const { connection } = await open(join(folder, 'a.duckdb'), {
      memoryLimit: '60MB',
      threads: 2,
      temporaryDirectory: join(folder, 'tmp'),
    });
    await connection.run("set max_temp_directory_size = '1MB'");
    const refused = connection.rows(
      'select count(*) from (select i, row_number() over (order by hash(i)) from range(6000000) t(i))',
    );
    await expect(refused).rejects.toMatchObject({ code: 'DISK_FULL' });
  });

  it('reads and writes times in UTC wherever the machine is', async () => {
    const { connection } = await open(':memory:');
    const rows = await connection.rows(
      "select (timestamptz '2024-06-30 12:00:00+02')::timestamp as t",
    );
    expect(rows).toEqual([{ t: '2024-06-30T10:00:00Z' }]);
  });
});
