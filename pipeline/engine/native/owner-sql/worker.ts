import { rmSync, writeFileSync } from 'node:fs';
import { asAppError, AppError } from '../../../contract/errors.ts';
import { OWNER_CATALOG, openOwnerDatabase, WAREHOUSE_CATALOG } from './owner-database.ts';
import type { OwnerDatabase } from './owner-database.ts';
import { FIRST_CREDITS } from './protocol.ts';
import type { FromWorker, ToWorker, WorkerSettings } from './protocol.ts';
import { runOwnerRequest } from './request.ts';

/** The request at work: how many pieces may still be sent, and how to stop it. */
interface Active {
  readonly id: number;
  readonly controller: AbortController;
  credits: number;
  wake: () => void;
}

let settings: WorkerSettings | undefined;
let database: OwnerDatabase | undefined;
let active: Active | undefined;

function send(message: FromWorker): void {
  if (process.connected) process.send?.(message);
}

/** Ends at once: DuckDB's threads may be busy, and what was committed is in its log. */
function die(): never {
  if (settings !== undefined) rmSync(settings.temporary, { recursive: true, force: true });
  process.kill(process.pid, 'SIGKILL');
  throw new AppError('INTERNAL', { problem: 'the process outlived its end' });
}

/** DuckDB's limit does not count every allocation; this one counts the process. */
function watchMemory(limit: number): void {
  setInterval(() => {
    if (process.memoryUsage.rss() <= limit) return;
    const problem = `: it took more than ${Math.round(limit / 1024 ** 2)} MB of memory`;
    process.send?.({ kind: 'dying', problem } satisfies FromWorker, die);
    setTimeout(die, 50);
  }, 50);
}

/** Where Linux has to end a process for want of memory, let it be this one. */
function volunteerForOutOfMemory(): void {
  try {
    writeFileSync('/proc/self/oom_score_adj', '1000');
  } catch {
    // Another system, or a container that does not allow it.
  }
}

async function open(opened: WorkerSettings): Promise<void> {
  settings = opened;
  volunteerForOutOfMemory();
  try {
    database = await openOwnerDatabase(opened);
    watchMemory(opened.residentLimit);
    send({ kind: 'ready' });
  } catch (error) {
    send({ kind: 'refused', error: asAppError(error).toJSON() });
  }
}

/**
 * Two things outlive a transaction: logging to a file that is out of reach, which a SELECT can switch on and
 * after which nothing runs any more, and the name of a database.
 */
async function isUsable(opened: OwnerDatabase): Promise<boolean> {
  try {
    const connection = await opened.connect();
    const result = await connection.run('select database_name from system.main.duckdb_databases()');
    const names = new Set((await result.getRows()).map(([name]) => name));
    connection.closeSync();
    return names.has(OWNER_CATALOG) && names.has(WAREHOUSE_CATALOG);
  } catch {
    return false;
  }
}

async function credit(mine: Active): Promise<void> {
  while (mine.credits === 0 && !mine.controller.signal.aborted) {
    await new Promise<void>((resolve) => {
      mine.wake = resolve;
    });
  }
  if (mine.controller.signal.aborted) throw new AppError('CANCELLED', { what: 'The query' });
  mine.credits--;
}

async function run(message: Extract<ToWorker, { kind: 'run' }>): Promise<void> {
  if (database === undefined || settings === undefined) return;
  const { id, sql, limit } = message;
  const controller = new AbortController();
  const mine: Active = { id, controller, credits: FIRST_CREDITS, wake: () => undefined };
  active = mine;
  let last: FromWorker = { kind: 'done', id };
  try {
    const { signal } = controller;
    const { files, owner } = settings;
    const bounded = limit === undefined ? {} : { limit };
    for await (const bytes of runOwnerRequest({
      database,
      sql,
      files,
      owner,
      signal,
      ...bounded,
    })) {
      await credit(mine);
      send({ kind: 'piece', id, bytes });
    }
  } catch (error) {
    last = { kind: 'failed', id, error: asAppError(error).toJSON() };
  }
  active = undefined;
  const usable = await isUsable(database);
  if (!usable) send({ kind: 'retiring' });
  process.send?.(last, () => {
    if (!usable) die();
  });
}

function close(): void {
  active?.controller.abort();
  database?.close();
  if (settings !== undefined) rmSync(settings.temporary, { recursive: true, force: true });
  process.disconnect();
}

process.on('message', (message: ToWorker) => {
  switch (message.kind) {
    case 'open':
      void open(message.settings);
      return;
    case 'run':
      void run(message);
      return;
    case 'credit':
      if (active?.id !== message.id) return;
      active.credits++;
      active.wake();
      return;
    case 'cancel':
      if (active?.id !== message.id) return;
      active.controller.abort();
      active.wake();
      return;
    case 'close':
      close();
      return;
  }
});

// The host is gone, or has closed this worker: either way there is nobody to work for.
process.on('disconnect', die);
