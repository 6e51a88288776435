import { mkdirSync, mkdtempSync, realpathSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { AppError } from '../../../contract/errors.ts';
import type { Call, MadeTable, TableEngine, TableShape } from '../../table-engine.ts';
import type { ProcessSettings } from '../locked-sql/protocol.ts';
import { residentLimit } from '../locked-sql/resident-limit.ts';
import { WorkerProcess } from '../locked-sql/worker-process.ts';
import { fileVersion } from '../snapshot.ts';
import type { NotebookPiece, NotebookRequest } from './notebook-request.ts';
import { joinedBytes } from '../../joined-bytes.ts';

/** Beside this file, and written as it is: the desktop's copy of the pipeline is JavaScript. */
const entry = join(import.meta.dirname, `worker${extname(import.meta.filename)}`);

export interface NotebookSqlOptions {
  /** The workspace's folder; the process spills into its `tmp`. */
  readonly workspace: string;
  /** Attached read-only: a snapshot, which may be replaced by rename, or the live file while nobody writes it. */
  readonly warehouse: string;
  /** DuckDB's, such as "1GB"; the process may take twice that and 512 MB. */
  readonly memoryLimit?: string;
  readonly threads?: number;
  /** How long one request may take. */
  readonly timeoutMs?: number;
}

export interface NotebookSql extends TableEngine {
  readonly generation: number;
  /**
   * Lets later requests read the warehouse as it is now. Does nothing where it has not changed; otherwise the tables are
   * gone, and `generation` grows. Until then, and whatever happens to the file, all requests read one state of it.
   */
  refresh(): Promise<void>;
}

type NotebookProcess = WorkerProcess<ProcessSettings, NotebookRequest, NotebookPiece>;

const cancelled = (): AppError => new AppError('CANCELLED', { what: 'The query' });

/** Rejects as soon as the signal is aborted, whether the work has given in yet or not. */
function orAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const abort = () => reject(cancelled());
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  return promise;
}

function madeIn([piece]: readonly NotebookPiece[]): Extract<NotebookPiece, { kind: 'made' }> {
  if (piece?.kind === 'made') return piece;
  throw new AppError('INTERNAL', { problem: 'a table was made without a word of its shape' });
}

class NotebookSqlQueue implements NotebookSql {
  readonly #options: NotebookSqlOptions;
  #worker: NotebookProcess | undefined;
  #opened = 0;
  #version = '';
  #turn: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(options: NotebookSqlOptions) {
    this.#options = options;
  }

  get generation(): number {
    return this.#worker?.isAlive === true ? this.#opened : this.#opened + 1;
  }

  async tableNames(sql: string, call: Call = {}): Promise<string[]> {
    const [piece] = await this.#ask({ kind: 'names', sql }, call);
    return piece?.kind === 'names' ? [...piece.names] : [];
  }

  async create(
    { name, sql, first = 0 }: { name: string; sql: string; first?: number },
    call: Call = {},
  ): Promise<MadeTable> {
    const made = madeIn(await this.#ask({ kind: 'create', name, sql, first }, call));
    // In a buffer of its own: what comes from another process may begin anywhere, and Arrow is read in place.
    return made.first === null ? made.shape : { ...made.shape, first: made.first.slice() };
  }

  async insert(
    { name, ipc }: { name: string; ipc: Uint8Array },
    call: Call = {},
  ): Promise<TableShape> {
    return madeIn(await this.#ask({ kind: 'insert', name, ipc }, call)).shape;
  }

  async drop(name: string): Promise<void> {
    await this.#ask({ kind: 'drop', name }, {});
  }

  async read(
    { sql, limit }: { sql: string; limit?: number },
    call: Call = {},
  ): Promise<Uint8Array> {
    const pieces = await this.#ask({ kind: 'read', sql, limit: limit ?? null }, call);
    return joinedBytes(pieces.flatMap((piece) => (piece.kind === 'rows' ? [piece.bytes] : [])));
  }

  refresh(): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#worker === undefined || this.#versionNow() === this.#version) return;
      await this.#end();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#end();
  }

  #ask(request: NotebookRequest, { signal }: Call): Promise<NotebookPiece[]> {
    const { timeoutMs } = this.#options;
    const asked = this.#inTurn(async () => {
      if (signal?.aborted === true) throw cancelled();
      const worker = await this.#current();
      const pieces: NotebookPiece[] = [];
      for await (const piece of worker.run({ request, signal, timeoutMs })) pieces.push(piece);
      return pieces;
    });
    return orAborted(asked, signal);
  }

  /** One after the other, also where somebody does not wait for the end of theirs any more. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const working = this.#turn.then(() => {
      if (this.#closed) throw cancelled();
      return work();
    });
    this.#turn = working.catch(() => undefined);
    return working;
  }

  /** The process at hand, or a new one where there is none or it died. */
  async #current(): Promise<NotebookProcess> {
    if (this.#worker?.isAlive === true) return this.#worker;
    await this.#end();
    const version = this.#versionNow();
    const settings = this.#settings();
    const worker: NotebookProcess = new WorkerProcess({
      entry,
      // DuckDB lets SQL reach the folder that it spills into, which is empty otherwise: no relative name starts there.
      folder: dirname(settings.temporary),
      settings,
    });
    // Whoever closes meanwhile closes this one, too.
    this.#worker = worker;
    this.#opened++;
    this.#version = version;
    await worker.opened();
    return worker;
  }

  async #end(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.close();
  }

  #versionNow(): string {
    const version = fileVersion(this.#options.warehouse);
    if (version !== null) return version;
    throw new AppError('WORKSPACE_NOT_FOUND', { path: this.#options.warehouse });
  }

  #settings(): ProcessSettings {
    const { workspace, warehouse, memoryLimit = '1GB', threads = 2 } = this.#options;
    const limit = residentLimit(memoryLimit);
    const temporary = join(workspace, 'tmp');
    mkdirSync(temporary, { recursive: true });
    return {
      warehouse: realpathSync(warehouse),
      temporary: mkdtempSync(join(realpathSync(temporary), 'notebook-sql-')),
      memoryLimit,
      residentLimit: limit,
      threads,
    };
  }
}

/** One notebook's SQL in a process of its own, which is started with the first request and holds its tables. */
export function openNotebookSql(options: NotebookSqlOptions): NotebookSql {
  return new NotebookSqlQueue(options);
}
