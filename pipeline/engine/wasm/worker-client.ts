import { AppError } from '../../contract/errors.ts';
import type { EngineWorker, WorkerCalls } from './engine-worker.ts';

interface Response {
  readonly requestId: number;
  readonly type: string;
  readonly data: unknown;
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

const PROGRESS = 'PROGRESS_UPDATE';

/** What the worker says without having been asked. */
const UNASKED: ReadonlySet<string> = new Set([PROGRESS, 'LOG', 'INSTANTIATE_PROGRESS']);

/**
 * Speaks the protocol of DuckDB-WASM's worker. The library's own AsyncDuckDB brings apache-arrow to the page (219 KB),
 * and leaves whoever waits waiting for ever when its worker dies or is ended.
 */
export class WorkerClient {
  readonly #worker: EngineWorker;
  readonly #waiting = new Map<number, Waiting>();
  #nextId = 1;
  #gone: Error | null = null;
  /** Percent of whatever statement runs, as the worker said last; null where it has said nothing. */
  percentage: number | null = null;
  /** How many statements are running. */
  busy = 0;

  constructor(worker: EngineWorker) {
    this.#worker = worker;
    worker.onMessage((message) => this.#receive(message as Response));
    worker.onFailure((error) => this.#lose(error));
  }

  call<Name extends keyof WorkerCalls>(
    type: Name,
    data: WorkerCalls[Name]['asks'],
    transfer: readonly ArrayBuffer[] = [],
  ): Promise<WorkerCalls[Name]['gives']> {
    if (this.#gone !== null) return Promise.reject(this.#gone);
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const messageId = this.#nextId++;
    this.#waiting.set(messageId, { resolve, reject });
    this.#worker.post({ messageId, type, data }, transfer);
    return promise as Promise<WorkerCalls[Name]['gives']>;
  }

  end(): void {
    this.#lose(new AppError('CANCELLED', { what: 'The statement' }));
    this.#worker.end();
  }

  #lose(error: Error): void {
    this.#gone ??=
      error instanceof AppError
        ? error
        : new AppError('SQL_PROCESS_DIED', { problem: ` (${error.message})` }, { cause: error });
    for (const waiting of this.#waiting.values()) waiting.reject(this.#gone);
    this.#waiting.clear();
  }

  #receive({ requestId, type, data }: Response): void {
    if (UNASKED.has(type)) {
      if (type === PROGRESS) this.percentage = (data as { percentage: number }).percentage;
      return;
    }
    const waiting = this.#waiting.get(requestId);
    this.#waiting.delete(requestId);
    if (type === 'ERROR') waiting?.reject(new Error((data as { message: string }).message));
    else waiting?.resolve(data);
  }
}
