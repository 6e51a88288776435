import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { invalid } from './owner-sql-attacks.ts';
import { OwnerFixture, SECRET } from './owner-sql-fixture.ts';

let on: OwnerFixture;

beforeEach(async () => {
  on = await OwnerFixture.make();
});

afterEach(() => on.dispose());

const endless =
  'with recursive r(n) as (select 1 union all select n + 1 from r) select max(n) from r';

describe('the process', () => {
  it('gives up an endless query within a second of its cancel, and works on', async () => {
    expect(await on.rows('select 1 a')).toEqual([{ a: 1 }]);
    const signal = AbortSignal.timeout(300);
    const start = performance.now();
    expect(await on.code(endless, { signal })).toBe('CANCELLED');
    expect(performance.now() - start).toBeLessThan(2000);
    expect(await on.rows('select 2 a')).toEqual([{ a: 2 }]);
  });

  it('stops by itself at its time limit', async () => {
    await on.reopen({ timeoutMs: 300 });
    expect(await on.code(endless)).toBe('CANCELLED');
    expect(await on.rows('select 2 a')).toEqual([{ a: 2 }]);
  });

  it('refuses or dies of a query for 100 GB, the host lives, and the next query works', async () => {
    expect(await on.code('select list(range) from range(100000000000)')).toBe('MEMORY_LIMIT');
    const unaccounted =
      "select length(list_aggregate(list_transform(range(100000), x -> repeat('y', 1000000)), 'string_agg', '')) a";
    expect(await on.code(unaccounted)).toBe('SQL_PROCESS_DIED');
    expect(await on.rows('select count(*)::int n from silver.transactions')).toEqual([{ n: 100 }]);
    expect(readdirSync(join(on.workspace, 'tmp'))).toHaveLength(1);
  });

  it('answers queued requests in turn and forgets one that is cancelled while it waits', async () => {
    const controller = new AbortController();
    const first = on.rows('select count(*)::int n from range(30000000) t(r) where r % 3 = 1');
    const second = on.code('create table never as select 1', { signal: controller.signal });
    const third = on.rows('select 3 a');
    controller.abort();
    expect(await Promise.all([first, second, third])).toEqual([
      [{ n: 10_000_000 }],
      'CANCELLED',
      [{ a: 3 }],
    ]);
    expect(await on.code('from never')).toBe(invalid);
  });

  it('waits for a reader that stops reading, and drops the query of one that leaves', async () => {
    const pieces = on.owner.run('select range a, md5(range::varchar) b from range(100000000)');
    let bytes = 0;
    for await (const piece of pieces) {
      bytes += piece.length;
      if (bytes > 20_000_000) break;
      await pause(20);
    }
    expect(bytes).toBeGreaterThan(20_000_000);
    expect(await on.rows('select 1 a')).toEqual([{ a: 1 }]);
  });

  it.skipIf(process.platform !== 'linux')(
    'has nothing of the host in its environment',
    async () => {
      process.env['STRATA_TEST_TOKEN'] = SECRET;
      await on.rows('select 1');
      const children = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8');
      const environments = children
        .trim()
        .split(' ')
        .map((pid) => readFileSync(`/proc/${pid}/environ`, 'utf8'));
      delete process.env['STRATA_TEST_TOKEN'];
      expect(environments.filter((text) => text.includes('TZ=UTC'))).toHaveLength(1);
      expect(environments.filter((text) => text.includes(SECRET))).toEqual([]);
    },
  );

  it('ends with its host, even one that was killed in the middle of a query', async () => {
    const script = `
      const { openOwnerSql } = await import(${JSON.stringify(import.meta.resolve('../../../pipeline/engine/native/owner-sql/owner-sql.ts'))});
      const owner = openOwnerSql(${JSON.stringify({ workspace: on.workspace, warehouse: on.warehouse })});
      for await (const piece of owner.run('select 1')) void piece;
      console.log('ready');
      for await (const piece of owner.run(${JSON.stringify(endless)})) void piece;`;
    const host = spawn(process.execPath, ['--input-type=module', '-e', script]);
    await new Promise((resolve) => {
      host.stdout.once('data', resolve);
    });
    expect(await on.code('select 1')).toBe('WORKSPACE_LOCKED');
    host.kill('SIGKILL');
    await expect.poll(() => on.code('select 1'), { timeout: 5000 }).toMatch(/^allowed/);
  });

  it('says which file is missing or locked instead of starting', async () => {
    const instance = await DuckDBInstance.create(on.warehouse);
    expect(await on.code('select 1')).toBe('WORKSPACE_LOCKED');
    instance.closeSync();
    expect(await on.rows('select 1 a')).toEqual([{ a: 1 }]);
    await on.reopen({ warehouse: join(on.workspace, 'none.duckdb') });
    expect(await on.code('select 1')).toBe('WORKSPACE_NOT_FOUND');
  });
});
