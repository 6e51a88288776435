import { AppError } from '../../contract/errors.ts';
import type { WorkerCalls } from './engine-worker.ts';
import type { WorkerClient } from './worker-client.ts';

interface Running {
  interrupted: boolean;
}

const cancelled = (): AppError => new AppError('CANCELLED', { what: 'The statement' });

/**
 * Runs the statements of one connection one after another. Each runs in slices of some milliseconds, so that others of
 * the same worker, and a cancellation, come in between.
 */
export class StatementRunner {
  readonly #client: WorkerClient;
  readonly #id: number;
  #before: Promise<unknown> = Promise.resolve();
  #running: Running | null = null;
  #closed = false;
  #retired = false;

  constructor(client: WorkerClient, id: number) {
    this.#client = client;
    this.#id = id;
  }

  /** Whether this connection's statement is the one that the worker reports about. */
  get percentage(): number | null {
    return this.#running !== null && this.#client.busy === 1 ? this.#client.percentage : null;
  }

  /** The schema and the record batches of the last statement of `sql`, as Arrow IPC messages. */
  collect(sql: string): Promise<Uint8Array[]> {
    return this.#next(async () => {
      const pieces: Uint8Array[] = [];
      for await (const piece of this.#slices(sql, false)) pieces.push(piece);
      return pieces;
    });
  }

  /** The same as they come; the statement goes on only as far as it is read. */
  async *stream(sql: string): AsyncGenerator<Uint8Array, void, undefined> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const started = Promise.withResolvers<void>();
    const held = this.#next(async () => {
      started.resolve();
      await promise;
    });
    try {
      await Promise.race([started.promise, held]);
      yield* this.#slices(sql, true);
    } finally {
      resolve();
      await held;
    }
  }

  /** One result as a whole in an Arrow IPC file, in one go: nothing else runs meanwhile, and nothing can stop it. */
  wholeFile(sql: string): Promise<Uint8Array> {
    return this.#next(() => this.#ask('RUN_QUERY', [this.#id, sql]));
  }

  tableNames(sql: string): Promise<string[]> {
    return this.#next(() => this.#ask('GET_TABLE_NAMES', [this.#id, sql]));
  }

  /** Fills a table, which is there, from an Arrow IPC stream that has its end mark. */
  insertArrow(name: string, schema: string, ipc: Uint8Array): Promise<null> {
    const options = { name, schema, create: false };
    return this.#next(() => this.#ask('INSERT_ARROW_FROM_IPC_STREAM', [this.#id, ipc, options]));
  }

  interrupt(): void {
    if (this.#running === null) return;
    this.#running.interrupted = true;
  }

  /** The connection's number is an address within the worker: it must not be used after this. */
  close(): void {
    if (this.#closed) return;
    this.interrupt();
    const closing = this.#next(() => this.#ask('DISCONNECT', this.#id));
    this.#closed = true;
    closing.catch(() => undefined);
  }

  /** The database of this connection is about to go, and the connection with it: it must not be named any more. */
  retire(): void {
    this.interrupt();
    this.#closed = true;
    this.#retired = true;
  }

  #ask<Name extends keyof WorkerCalls>(
    type: Name,
    data: WorkerCalls[Name]['asks'],
  ): Promise<WorkerCalls[Name]['gives']> {
    return this.#retired ? Promise.reject(cancelled()) : this.#client.call(type, data);
  }

  #next<T>(work: () => Promise<T>): Promise<T> {
    if (this.#closed) {
      return Promise.reject(new AppError('INTERNAL', { problem: 'a closed connection was used' }));
    }
    const result = this.#before.then(work);
    this.#before = result.catch(() => undefined);
    return result;
  }

  async *#slices(sql: string, stream: boolean): AsyncGenerator<Uint8Array, void, undefined> {
    const running: Running = { interrupted: false };
    this.#running = running;
    this.#client.busy += 1;
    let left: 'running' | 'failed' | 'finished' = 'running';
    try {
      yield await this.#start(sql, stream, running);
      for (;;) {
        if (running.interrupted) throw cancelled();
        const piece = await this.#ask('FETCH_QUERY_RESULTS', this.#id);
        // No piece at all: none is ready yet. An empty one: there are no more.
        if (piece === null) continue;
        if (piece.length === 0) break;
        yield piece;
      }
      left = 'finished';
    } catch (error) {
      if (!running.interrupted) left = 'failed';
      throw error;
    } finally {
      this.#running = null;
      this.#client.busy -= 1;
      if (left === 'running') await this.#leave(running);
    }
  }

  async #start(sql: string, stream: boolean, running: Running): Promise<Uint8Array> {
    let header = await this.#ask('START_PENDING_QUERY', [this.#id, sql, stream]);
    while (header === null) {
      if (running.interrupted) throw cancelled();
      header = await this.#ask('POLL_PENDING_QUERY', this.#id);
    }
    return header;
  }

  /**
   * A statement that was left holds its transaction until another one starts. One that was interrupted has done its
   * work in part, so that nothing of its transaction may be kept.
   */
  async #leave({ interrupted }: Running): Promise<void> {
    if (interrupted) await this.#ask('CANCEL_PENDING_QUERY', this.#id).catch(() => false);
    const sql = interrupted ? 'rollback' : 'select 1';
    await this.#ask('RUN_QUERY', [this.#id, sql]).catch(() => undefined);
  }
}
