import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { AppError } from '../../../contract/errors.ts';
import type { ErrorMessage } from '../../../contract/errors.ts';
import type { FromWorker, ProcessSettings, ToWorker } from './protocol.ts';

/** How long a worker may take to give in to a cancel, or to close, before it is killed. */
const PATIENCE_MS = 1000;

interface WorkerRun<Request> {
  readonly request: Request;
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs?: number | undefined;
}

interface WorkerStart<Settings> {
  /** The file that calls `serveWorker`. */
  readonly entry: string;
  /** Relative names in SQL start here. */
  readonly folder: string;
  readonly settings: Settings;
}

type Event<Piece> = FromWorker<Piece> | { readonly kind: 'exit' };

/** Nothing of the host's environment, where secrets may stand; DuckDB's text of an instant is in UTC. */
function environment(): NodeJS.ProcessEnv {
  const { SystemRoot } = process.env;
  return {
    TZ: 'UTC',
    ...(SystemRoot === undefined ? {} : { SystemRoot }),
    ...('electron' in process.versions ? { ELECTRON_RUN_AS_NODE: '1' } : {}),
  };
}

function revived({ code, details }: ErrorMessage): AppError {
  return new AppError(code, details);
}

/** The host's end of one worker. It serves one run at a time. */
export class WorkerProcess<Settings extends ProcessSettings, Request, Piece> {
  readonly #child: ChildProcess;
  readonly #waiting: Event<Piece>[] = [];
  readonly #exited: Promise<void>;
  #wake: () => void = () => undefined;
  #dead = false;
  #retired = false;
  #problem = '';
  #lastRun = 0;

  constructor({ entry, folder, settings }: WorkerStart<Settings>) {
    this.#child = fork(entry, [], {
      cwd: folder,
      env: environment(),
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.#child.on('message', (message: FromWorker<Piece>) => this.#receive(message));
    this.#exited = new Promise((resolve) => {
      const end = () => {
        this.#dead = true;
        rmSync(settings.temporary, { recursive: true, force: true, maxRetries: 3 });
        this.#receive({ kind: 'exit' });
        resolve();
      };
      this.#child.once('exit', end);
      this.#child.once('error', end);
    });
    this.#send({ kind: 'open', settings });
  }

  get isAlive(): boolean {
    return !this.#dead && !this.#retired && this.#child.connected;
  }

  /** Waits until the worker has its databases open; throws what kept it from that. */
  async opened(): Promise<void> {
    const event = await this.#next();
    if (event.kind === 'ready') return;
    await this.kill();
    throw event.kind === 'refused' ? revived(event.error) : this.#died();
  }

  async *run({ request, signal, timeoutMs }: WorkerRun<Request>): AsyncGenerator<Piece> {
    const id = ++this.#lastRun;
    const stopping = new Stopping(
      () => this.#send({ kind: 'cancel', id }),
      () => this.#kill(),
    );
    const onAbort = () => stopping.begin('The query');
    const timer =
      timeoutMs === undefined
        ? undefined
        : setTimeout(
            () => stopping.begin(`The query, at its limit of ${timeoutMs / 1000} s,`),
            timeoutMs,
          );
    const disarm = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    };
    let ended = false;
    try {
      this.#send({ kind: 'run', id, request });
      signal?.addEventListener('abort', onAbort, { once: true });
      if (signal?.aborted === true) onAbort();
      for (;;) {
        const event = await this.#next();
        ended = event.kind !== 'piece';
        if (ended && stopping.what !== null) {
          throw new AppError('CANCELLED', { what: stopping.what });
        }
        if (event.kind === 'piece') {
          if (stopping.what === null) yield event.piece;
          this.#send({ kind: 'credit', id });
        } else if (event.kind === 'failed') throw revived(event.error);
        else if (event.kind === 'done') {
          // The worker is done, however long the reader keeps the last piece.
          disarm();
          if (event.last !== null) yield event.last.piece;
          return;
        } else throw this.#died();
      }
    } finally {
      disarm();
      if (!ended) {
        // The reader went away before the end.
        stopping.begin('The query');
        while ((await this.#next()).kind === 'piece');
      }
      stopping.end();
    }
  }

  /** Lets the worker close its databases, or ends it where it takes too long. */
  async close(): Promise<void> {
    this.#send({ kind: 'close' });
    const timer = setTimeout(() => this.#kill(), PATIENCE_MS);
    await this.#exited;
    clearTimeout(timer);
  }

  async kill(): Promise<void> {
    this.#kill();
    await this.#exited;
  }

  #kill(): void {
    this.#child.kill('SIGKILL');
  }

  #send(message: ToWorker<Settings, Request>): void {
    // A worker that is gone says so by its exit; a failing send adds nothing.
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }

  #receive(event: Event<Piece>): void {
    if (event.kind === 'dying') this.#problem = event.problem;
    else if (event.kind === 'retiring') this.#retired = true;
    else this.#waiting.push(event);
    this.#wake();
  }

  async #next(): Promise<Event<Piece>> {
    for (;;) {
      const event = this.#waiting.shift();
      if (event !== undefined) return event;
      if (this.#dead) return { kind: 'exit' };
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  #died(): AppError {
    return new AppError('SQL_PROCESS_DIED', { problem: this.#problem });
  }
}

/** A cancel that is asked for once and enforced after a while. */
class Stopping {
  readonly #ask: () => void;
  readonly #force: () => void;
  #timer: NodeJS.Timeout | undefined;
  /** What is being cancelled, in the words of the error; null while nothing is. */
  what: string | null = null;

  constructor(ask: () => void, force: () => void) {
    this.#ask = ask;
    this.#force = force;
  }

  begin(what: string): void {
    if (this.what !== null) return;
    this.what = what;
    this.#ask();
    this.#timer = setTimeout(this.#force, PATIENCE_MS);
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}
