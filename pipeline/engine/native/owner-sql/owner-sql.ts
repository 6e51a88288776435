import { mkdirSync, mkdtempSync, realpathSync } from 'node:fs';
import { extname, join } from 'node:path';
import { AppError } from '../../../contract/errors.ts';
import { residentLimit } from '../locked-sql/resident-limit.ts';
import { WorkerProcess } from '../locked-sql/worker-process.ts';
import { fileVersion } from '../snapshot.ts';
import type { OwnerQuery, OwnerSettings } from './owner-settings.ts';

/** Beside this file, and written as it is: the desktop's copy of the pipeline is JavaScript. */
const entry = join(import.meta.dirname, `worker${extname(import.meta.filename)}`);

type OwnerProcess = WorkerProcess<OwnerSettings, OwnerQuery, Uint8Array>;

export interface OwnerSqlOptions {
  /** The workspace's folder. */
  readonly workspace: string;
  /** Attached read-only: the live file while nobody holds it for writing, otherwise a snapshot, which may be replaced by rename. */
  readonly warehouse: string;
  /** DuckDB's, such as "1GB"; the process may take twice that and 512 MB. */
  readonly memoryLimit?: string;
  readonly threads?: number;
  readonly timeoutMs?: number;
}

export interface OwnerSql {
  /**
   * The last rows of the SQL as an Arrow IPC stream; one row `changed` where no statement gives rows.
   * Requests run one after the other, each in a transaction. Throws SQL_INVALID, SQL_FORBIDDEN, MEMORY_LIMIT,
   * SQL_PROCESS_DIED, CANCELLED, WORKSPACE_LOCKED or WORKSPACE_NOT_FOUND; after pieces were read, too.
   */
  run(sql: string, options?: { limit?: number; signal?: AbortSignal }): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}

class OwnerSqlQueue implements OwnerSql {
  readonly #options: OwnerSqlOptions;
  #worker: OwnerProcess | undefined;
  #version = '';
  #turn: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(options: OwnerSqlOptions) {
    this.#options = options;
  }

  async *run(
    sql: string,
    options: { limit?: number; signal?: AbortSignal } = {},
  ): AsyncGenerator<Uint8Array> {
    const before = this.#turn;
    const turn = Promise.withResolvers<void>();
    this.#turn = turn.promise;
    try {
      await before;
      this.#refuse(options.signal);
      const worker = await this.#current();
      this.#refuse(options.signal);
      const { timeoutMs } = this.#options;
      const { limit, signal } = options;
      const request = { sql, ...(limit === undefined ? {} : { limit }) };
      yield* worker.run({ request, signal, timeoutMs });
    } finally {
      turn.resolve();
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.close();
  }

  /** The worker at hand, or a new one where there is none, it died, or the warehouse has changed under its views. */
  async #current(): Promise<OwnerProcess> {
    const version = fileVersion(this.#options.warehouse);
    if (version === null) {
      throw new AppError('WORKSPACE_NOT_FOUND', { path: this.#options.warehouse });
    }
    if (this.#worker?.isAlive === true && version === this.#version) return this.#worker;
    await this.#worker?.close();
    this.#worker = undefined;
    const settings = this.#settings();
    const worker: OwnerProcess = new WorkerProcess({ entry, folder: settings.files, settings });
    // Whoever closes meanwhile closes this one, too.
    this.#worker = worker;
    await worker.opened();
    this.#version = version;
    return worker;
  }

  #refuse(signal: AbortSignal | undefined): void {
    if (!this.#closed && signal?.aborted !== true) return;
    throw new AppError('CANCELLED', { what: 'The query' });
  }

  #settings(): OwnerSettings {
    const { workspace, warehouse, memoryLimit = '1GB', threads = 2 } = this.#options;
    const limit = residentLimit(memoryLimit);
    const files = join(workspace, 'files');
    const temporary = join(workspace, 'tmp');
    mkdirSync(files, { recursive: true });
    mkdirSync(temporary, { recursive: true });
    return {
      owner: join(realpathSync(workspace), 'owner.duckdb'),
      warehouse: realpathSync(warehouse),
      files: realpathSync(files),
      temporary: mkdtempSync(join(realpathSync(temporary), 'owner-sql-')),
      memoryLimit,
      residentLimit: limit,
      threads,
    };
  }
}

/** The owner's SQL in a process of its own, which is started with the first request. */
export function openOwnerSql(options: OwnerSqlOptions): OwnerSql {
  return new OwnerSqlQueue(options);
}
