import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Connection, Engine } from '../../../pipeline/engine/engine.ts';
import { openNativeEngine } from '../../../pipeline/engine/native/native-engine.ts';
import { fileVersion, snapshotWarehouse } from '../../../pipeline/engine/native/snapshot.ts';

let folder: string;
let source: string;
let target: string;
let engine: Engine;
let connection: Connection;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'strata-snapshot-'));
  source = join(folder, 'warehouse.duckdb');
  target = join(folder, 'snapshot.duckdb');
  engine = await openNativeEngine(source);
  connection = await engine.connect();
  await connection.run('create table t as select range i from range(100000)');
});

afterEach(async () => {
  connection.close();
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

async function read(path: string): Promise<unknown> {
  const instance = await DuckDBInstance.create(path, { access_mode: 'READ_ONLY' });
  const reader = await instance.connect();
  const [row] = await (
    await reader.run('select count(*)::int, sum(i)::bigint::varchar from t')
  ).getRows();
  reader.closeSync();
  instance.closeSync();
  return row;
}

const snapshot = () => snapshotWarehouse({ connection, source, target });

async function streamBesideUpdate(): Promise<{ end: () => Promise<void> }> {
  // More than a stream reads ahead.
  await connection.run(
    "create table wide as select range i, repeat('x', 50) s from range(1000000)",
  );
  const reader = await engine.connect();
  const pieces = reader.arrow('select * from wide')[Symbol.asyncIterator]();
  await pieces.next();
  await pieces.next();
  await connection.run('update t set i = 0 where i = 1');
  const end = async (): Promise<void> => {
    await pieces.return?.();
    // A result that was not read to its end holds its transaction, even past the close.
    await reader.run('select 1');
    reader.close();
  };
  return { end };
}

describe('snapshotWarehouse', () => {
  it('copies all that was committed out of a database that stays open for writing', async () => {
    expect(await snapshot()).toBe(true);
    expect(await read(target)).toEqual([100_000, '4999950000']);
    await connection.run('insert into t values (1)');
    expect(await read(target)).toEqual([100_000, '4999950000']);
    expect(await snapshot()).toBe(true);
    expect(await read(target)).toEqual([100_001, '4999950001']);
    expect(readdirSync(folder).filter((name) => name.includes('part'))).toEqual([]);
  });

  it('does not copy an unchanged warehouse again', async () => {
    await snapshot();
    const { ino } = statSync(target);
    const version = fileVersion(target);
    expect(await snapshot()).toBe(false);
    expect(await snapshot()).toBe(false);
    expect(statSync(target).ino).toBe(ino);
    expect(fileVersion(target)).toBe(version);
    await connection.run('update t set i = -i where i = 5');
    expect(await snapshot()).toBe(true);
    expect(fileVersion(target)).not.toBe(version);
  });

  it('keeps the lock that shuts every other writer out', async () => {
    await snapshot();
    const intruder = `const { default: { DuckDBInstance } } = await import(${JSON.stringify(import.meta.resolve('@duckdb/node-api'))});
      await DuckDBInstance.create(${JSON.stringify(source)}).then(() => console.log('in'), (error) => console.log(error.message));`;
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', intruder]);
    expect(stdout.toString()).toContain('Could not set lock');
  });

  it('leaves the old snapshot to whoever reads it', async () => {
    await snapshot();
    const instance = await DuckDBInstance.create(target, { access_mode: 'READ_ONLY' });
    const reader = await instance.connect();
    await connection.run('delete from t');
    await snapshot();
    const [row] = await (await reader.run('select count(*)::int from t')).getRows();
    expect(row).toEqual([100_000]);
    reader.closeSync();
    instance.closeSync();
    expect(await read(target)).toEqual([0, null]);
  });

  it('leaves neither a target nor a part behind where it cannot write', async () => {
    const unreachable = join(folder, 'missing', 'snapshot.duckdb');
    await expect(
      snapshotWarehouse({ connection, source, target: unreachable }),
    ).rejects.toMatchObject({ code: 'INTERNAL' });
    expect(existsSync(join(folder, 'missing'))).toBe(false);
    expect(fileVersion(unreachable)).toBe(null);
  });

  describe('while another connection streams, and rows were changed since', () => {
    it('waits until that has ended, and copies', async () => {
      const reading = await streamBesideUpdate();
      const copied = snapshot();
      setTimeout(() => void reading.end(), 200);
      expect(await copied).toBe(true);
      expect(await read(target)).toEqual([100_000, '4999949999']);
    });

    it('says that it is busy once its patience is at an end, and works later', async () => {
      const reading = await streamBesideUpdate();
      await expect(
        snapshotWarehouse({ connection, source, target, patienceMs: 150 }),
      ).rejects.toMatchObject({ code: 'SNAPSHOT_BUSY' });
      expect(existsSync(target)).toBe(false);
      await reading.end();
      expect(await snapshot()).toBe(true);
    });
  });
});
