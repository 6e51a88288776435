import { rmSync, writeFileSync } from 'node:fs';
import { AppError, asAppError } from '../../../contract/errors.ts';
import { FIRST_CREDITS } from './protocol.ts';
import type { FromWorker, ProcessSettings, ToWorker } from './protocol.ts';

interface Served {
  /** Whether it still answers: it ends after a request that has spoilt it. */
  isUsable(): Promise<boolean>;
  close(): void;
}

interface Service<Settings, Request, Piece, Database extends Served> {
  open(settings: Settings): Promise<Database>;
  run(database: Database, request: Request, signal: AbortSignal): AsyncIterable<Piece>;
}

/** The request at work: how many pieces may still be sent, and how to stop it. */
interface Active {
  readonly id: number;
  readonly controller: AbortController;
  credits: number;
  wake: () => void;
}

function volunteerForOutOfMemory(): void {
  try {
    writeFileSync('/proc/self/oom_score_adj', '1000');
  } catch {
    // Another system, or a container that does not allow it.
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

class Worker<Settings extends ProcessSettings, Request, Piece, Database extends Served> {
  readonly #service: Service<Settings, Request, Piece, Database>;
  #settings: Settings | undefined;
  #database: Database | undefined;
  #active: Active | undefined;

  constructor(service: Service<Settings, Request, Piece, Database>) {
    this.#service = service;
  }

  receive(message: ToWorker<Settings, Request>): void {
    switch (message.kind) {
      case 'open':
        void this.#open(message.settings);
        return;
      case 'run':
        void this.#run(message.id, message.request);
        return;
      case 'credit':
        if (this.#active?.id !== message.id) return;
        this.#active.credits++;
        this.#active.wake();
        return;
      case 'cancel':
        if (this.#active?.id !== message.id) return;
        this.#active.controller.abort();
        this.#active.wake();
        return;
      case 'close':
        this.#close();
        return;
    }
  }

  /** Ends at once: DuckDB's threads may be busy, and what was committed is in its log. */
  die(): never {
    this.#removeTemporary();
    process.kill(process.pid, 'SIGKILL');
    throw new AppError('INTERNAL', { problem: 'the process outlived its end' });
  }

  async #open(settings: Settings): Promise<void> {
    this.#settings = settings;
    // Where Linux has to end a process for want of memory, let it be this one.
    volunteerForOutOfMemory();
    try {
      this.#database = await this.#service.open(settings);
      this.#watchMemory(settings.residentLimit);
      this.#send({ kind: 'ready' });
    } catch (error) {
      this.#send({ kind: 'refused', error: asAppError(error).toJSON() });
    }
  }

  async #run(id: number, request: Request): Promise<void> {
    const database = this.#database;
    if (database === undefined) return;
    const controller = new AbortController();
    const mine: Active = { id, controller, credits: FIRST_CREDITS, wake: () => undefined };
    this.#active = mine;
    let end: FromWorker<Piece>;
    try {
      const last = await this.#sendAllButLast(
        mine,
        this.#service.run(database, request, controller.signal),
      );
      end = { kind: 'done', id, last };
    } catch (error) {
      end = { kind: 'failed', id, error: asAppError(error).toJSON() };
    }
    this.#active = undefined;
    const usable = await database.isUsable();
    if (!usable) this.#send({ kind: 'retiring' });
    process.send?.(end, () => {
      if (!usable) this.die();
    });
  }

  /** The last piece goes with the word that it is the last: what is small is one message. */
  async #sendAllButLast(
    mine: Active,
    pieces: AsyncIterable<Piece>,
  ): Promise<{ readonly piece: Piece } | null> {
    let held: { readonly piece: Piece } | null = null;
    for await (const piece of pieces) {
      if (held !== null) {
        await credit(mine);
        this.#send({ kind: 'piece', id: mine.id, piece: held.piece });
      }
      held = { piece };
    }
    return held;
  }

  #close(): void {
    this.#active?.controller.abort();
    this.#database?.close();
    this.#removeTemporary();
    process.disconnect();
  }

  /** DuckDB's limit does not count every allocation; this one counts the process. */
  #watchMemory(limit: number): void {
    setInterval(() => {
      if (process.memoryUsage.rss() <= limit) return;
      const problem = `: it took more than ${Math.round(limit / 1024 ** 2)} MB of memory`;
      const dying: FromWorker<Piece> = { kind: 'dying', problem };
      process.send?.(dying, () => this.die());
      setTimeout(() => this.die(), 50);
    }, 50);
  }

  #removeTemporary(): void {
    if (this.#settings === undefined) return;
    rmSync(this.#settings.temporary, { recursive: true, force: true });
  }

  #send(message: FromWorker<Piece>): void {
    if (process.connected) process.send?.(message);
  }
}

/** The worker's end: one request at a time, each a stream of pieces that its reader holds back. */
export function serveWorker<
  Settings extends ProcessSettings,
  Request,
  Piece,
  Database extends Served,
>(service: Service<Settings, Request, Piece, Database>): void {
  const worker = new Worker(service);
  process.on('message', (message: ToWorker<Settings, Request>) => worker.receive(message));
  // The host is gone, or has closed this worker: either way there is nobody to work for.
  process.on('disconnect', () => worker.die());
  // Ctrl-C in a terminal reaches this process, too; what becomes of it the other end decides.
  process.on('SIGINT', () => undefined);
}
