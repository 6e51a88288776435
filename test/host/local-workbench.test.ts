import { existsSync } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tableFromIPC } from '@uwdata/flechette';
import { expect, onTestFinished, test } from 'vitest';
import { asAppError } from '../../pipeline/contract/errors.ts';
import { openLocalWorkbench, uploadsFolder } from '../../pipeline/host/node/local-workbench.ts';
import type { JobContext } from '../../pipeline/host/job-context.ts';
import type { Workbench } from '../../pipeline/host/workbench.ts';
import { openWorkspace } from '../../pipeline/workspace/node/workspace.ts';
import { temporaryFolder } from '../helpers/temporary-workspace.ts';

interface Opened {
  readonly workbench: Workbench;
  readonly path: string;
}

async function opened(): Promise<Opened> {
  const path = join(await temporaryFolder(), 'workspace');
  const workbench = await openLocalWorkbench(await openWorkspace(path, { create: true }));
  onTestFinished(() => workbench.close());
  return { workbench, path };
}

async function ask(workbench: Workbench, sql: string, signal?: AbortSignal): Promise<unknown[]> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  const input = { sql, limit: 10, ...(signal === undefined ? {} : { signal }) };
  for await (const piece of workbench.sql(input)) {
    pieces.push(new Uint8Array(piece));
  }
  const bytes = await new Blob(pieces).arrayBuffer();
  return tableFromIPC(bytes, { useBigInt: false }).toArray();
}

const context = (more: Partial<JobContext> = {}): JobContext => ({
  signal: new AbortController().signal,
  report: () => {},
  ...more,
});

/** A job that has landed records and is still at work, with what ends it. */
async function busy(
  workbench: Workbench,
): Promise<{ running: () => boolean; end: () => Promise<void> }> {
  const abort = new AbortController();
  const begun = Promise.withResolvers<void>();
  let running = true;
  const job = workbench
    .runJob(
      { kind: 'demo', customers: 20_000, seed: 1 },
      context({ signal: abort.signal, report: () => begun.resolve() }),
    )
    .then(
      () => 'done',
      (error: unknown) => asAppError(error).code,
    )
    .finally(() => (running = false));
  const end = async (): Promise<void> => {
    abort.abort();
    expect(await job).toBe('CANCELLED');
  };
  onTestFinished(() => {
    abort.abort();
    return job.then(() => undefined);
  });
  await begun.promise;
  return { running: () => running, end };
}

const orders = (customers: readonly string[], day: string): string =>
  customers
    .map((customer) => `{"customer_id":"${customer}","timestamp":"${day}","amount":5}\n`)
    .join('');

test('SQL during a job answers at once from the state before it, and from the new one after it', async () => {
  const { workbench, path } = await opened();
  const count = 'select count(*)::integer as n from raw.records';
  expect(await ask(workbench, count)).toEqual([{ n: 0 }]);
  const first = join(path, 'files', 'first.ndjson');
  await writeFile(first, orders(['a', 'b'], '2024-01-01'));
  await workbench.runJob({ kind: 'ingest-file', path: first, preset: 'bank' }, context());
  const job = await busy(workbench);
  expect(await ask(workbench, count)).toEqual([{ n: 2 }]);
  expect(job.running()).toBe(true);
  await job.end();
  const second = join(path, 'files', 'second.ndjson');
  await writeFile(second, orders(['c'], '2024-01-02'));
  await workbench.runJob({ kind: 'ingest-file', path: second, preset: 'bank' }, context());
  const [now] = (await ask(
    workbench,
    `select count(*)::integer as n from silver.transactions
    where customer_id in ('a', 'b', 'c')`,
  )) as { n: number }[];
  expect(now).toEqual({ n: 3 });
});

test('SQL that has to wait for a job, for want of a copy, is cancelled at once', async () => {
  const { workbench } = await opened();
  const job = await busy(workbench);
  const abort = new AbortController();
  const waiting = ask(workbench, 'select 1', abort.signal).catch(asAppError);
  setTimeout(() => abort.abort(), 50);
  expect(await waiting).toMatchObject({ code: 'CANCELLED' });
  expect(job.running()).toBe(true);
  await job.end();
  expect(await ask(workbench, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test("an upload is gone once its records are in, a file of the owner's own is not", async () => {
  const { workbench, path } = await opened();
  const own = join(path, 'files', 'orders.ndjson');
  const upload = join(uploadsFolder(path), 'orders.ndjson');
  const wrong = join(uploadsFolder(path), 'wrong.csv');
  await writeFile(own, orders(['a'], '2024-01-01'));
  await mkdir(uploadsFolder(path));
  await copyFile(own, upload);
  await workbench.runJob({ kind: 'ingest-file', path: own, preset: 'bank' }, context());
  await writeFile(wrong, 'no,such,field\n1,2,3\n');
  const refused = workbench.runJob({ kind: 'ingest-file', path: wrong, preset: 'bank' }, context());
  expect(await refused.catch(asAppError)).toMatchObject({ code: 'FILE_FIELDS' });
  expect([own, upload, wrong].map((file) => existsSync(file))).toEqual([true, true, true]);
  await writeFile(upload, orders(['b', 'c'], '2024-01-02'));
  await workbench.runJob({ kind: 'ingest-file', path: upload, preset: 'bank' }, context());
  expect([own, upload].map((file) => existsSync(file))).toEqual([true, false]);
  expect((await workbench.status()).totals.read).toBe(3);
});

test('the status keeps the day of the tables that stand when a later run was cancelled', async () => {
  const { workbench, path } = await opened();
  const file = join(path, 'files', 'orders.ndjson');
  await writeFile(file, orders(['a', 'b', 'c', 'd', 'e', 'f'], '2024-03-01'));
  await workbench.runJob({ kind: 'ingest-file', path: file, preset: 'bank' }, context());
  expect((await workbench.status()).asOf).toBe('2024-03-02');
  await (await busy(workbench)).end();
  const abort = new AbortController();
  const run = workbench.runJob(
    { kind: 'run' },
    context({ signal: abort.signal, report: () => abort.abort() }),
  );
  expect(await run.catch(asAppError)).toMatchObject({ code: 'CANCELLED' });
  const { lastRun, asOf } = await workbench.status();
  expect([lastRun?.status, lastRun?.asOf, asOf]).toEqual(['cancelled', null, '2024-03-02']);
});

test('a chart that was left before it had loaded does not stand in the way of SQL', async () => {
  const { workbench, path } = await opened();
  await workbench.runJob({ kind: 'demo', customers: 100, seed: 1 }, context());
  const pieces = workbench.scatter({ x: 'frequency', y: 'monetary', limit: 100 });
  for await (const piece of pieces) {
    expect(piece.byteLength).toBeGreaterThan(0);
    break;
  }
  const file = join(path, 'files', 'more.ndjson');
  await writeFile(file, orders(['late'], '2024-03-01'));
  await workbench.runJob({ kind: 'ingest-file', path: file, preset: 'bank' }, context());
  const sql = "select count(*)::integer as n from silver.transactions where customer_id = 'late'";
  expect(await ask(workbench, sql)).toEqual([{ n: 1 }]);
});
