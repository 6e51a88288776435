import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { asAppError } from '../../pipeline/contract/errors.ts';
import { openNativeEngine } from '../../pipeline/engine/native/native-engine.ts';
import { WarehouseTurns } from '../../pipeline/host/node/warehouse-turns.ts';
import { gate } from '../helpers/host-fixture.ts';
import { temporaryFolder } from '../helpers/temporary-workspace.ts';

async function opened() {
  const folder = await temporaryFolder();
  const source = join(folder, 'warehouse.duckdb');
  const target = join(folder, 'snapshot.duckdb');
  const engine = await openNativeEngine(source);
  const connection = await engine.connect();
  onTestFinished(async () => {
    connection.close();
    await engine.close();
  });
  await connection.run('create table t as select 1 as i');
  const inSnapshot = async (): Promise<unknown> => {
    const copy = await openNativeEngine(target, { readOnly: true });
    const reader = await copy.connect();
    const rows = await reader.rows('select max(i) as i from t');
    reader.close();
    await copy.close();
    return rows[0]?.['i'];
  };
  return { connection, inSnapshot, turns: new WarehouseTurns({ connection, source, target }) };
}

test('SQL beside a job sees the state before it, also when further changes stand in line', async () => {
  const { connection, inSnapshot, turns } = await opened();
  await turns.snapshot();
  const [work, save] = [gate(), gate()];
  const events: string[] = [];
  const job = turns.job(async () => {
    await work.promise;
    await connection.run('insert into t values (2)');
    events.push('job');
  });
  const saved = turns.job(async () => {
    await save.promise;
    await connection.run('insert into t values (3)');
    events.push('save');
  });
  await turns.snapshot();
  events.push(`SQL of ${String(await inSnapshot())}`);
  work.resolve();
  await job;
  await turns.snapshot();
  events.push(`SQL of ${String(await inSnapshot())}`);
  save.resolve();
  await saved;
  await turns.snapshot();
  events.push(`SQL of ${String(await inSnapshot())}`);
  expect(events).toEqual(['SQL of 1', 'job', 'SQL of 2', 'save', 'SQL of 3']);
});

test('a close lets what is in line end, and takes no more', async () => {
  const { connection, turns } = await opened();
  const work = gate();
  const job = turns.job(async () => {
    await work.promise;
    return connection.run('insert into t values (2)');
  });
  const closed = turns.close();
  const late = turns.job(() => connection.run('insert into t values (3)')).catch(asAppError);
  const query = turns.snapshot().catch(asAppError);
  expect(await late).toMatchObject({ code: 'CANCELLED' });
  expect(await query).toMatchObject({ code: 'CANCELLED' });
  work.resolve();
  await closed;
  expect(await job).toBe(1);
  expect(await connection.rows('select i from t order by i')).toEqual([{ i: 1 }, { i: 2 }]);
});
