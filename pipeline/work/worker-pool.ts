import {
  type Pool,
  type RunOptions,
  TaskError,
  type TaskAnswer,
  type TaskRequest,
  type TaskTable,
} from './pool.ts';

/** A thread of whichever platform, reduced to what a pool needs. */
export interface PoolWorker {
  post(request: TaskRequest): void;
  onAnswer(listener: (answer: TaskAnswer) => void): void;
  /** The worker is gone or broken; it is not used again. */
  onFailure(listener: (error: Error) => void): void;
  end(): void;
}

interface Call {
  readonly request: TaskRequest;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

interface Seat {
  readonly worker: PoolWorker;
  call: Call | null;
}

class WorkerPool {
  readonly size: number;
  readonly #spawn: () => PoolWorker;
  readonly #seats: Seat[] = [];
  #waiting: Call[] = [];
  #nextId = 1;
  #closed = false;

  constructor(size: number, spawn: () => PoolWorker) {
    this.size = size;
    this.#spawn = spawn;
  }

  async run(name: string, args: readonly unknown[], { signal }: RunOptions = {}): Promise<unknown> {
    signal?.throwIfAborted();
    if (this.#closed) throw new Error('The pool of workers is closed.');
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const call = { request: { id: this.#nextId, name, args }, resolve, reject };
    this.#nextId += 1;
    const abort = (): void => this.#drop(call, signal?.reason);
    signal?.addEventListener('abort', abort);
    this.#waiting.push(call);
    this.#dispatch();
    try {
      return await promise;
    } finally {
      signal?.removeEventListener('abort', abort);
    }
  }

  close(): void {
    this.#closed = true;
    const calls = [...this.#waiting, ...this.#seats.flatMap(({ call }) => call ?? [])];
    for (const { worker } of this.#seats) worker.end();
    this.#seats.length = 0;
    this.#waiting = [];
    for (const { reject } of calls) reject(new Error('The pool of workers was closed.'));
  }

  /** A task cannot be stopped from outside: its worker goes with it, and the next call gets a new one. */
  #drop(call: Call, reason: unknown): void {
    this.#waiting = this.#waiting.filter((other) => other !== call);
    const seat = this.#seats.find((one) => one.call === call);
    if (seat !== undefined) this.#leave(seat);
    call.reject(reason);
    this.#dispatch();
  }

  #leave(seat: Seat): void {
    this.#seats.splice(this.#seats.indexOf(seat), 1);
    seat.call = null;
    seat.worker.end();
  }

  #dispatch(): void {
    while (this.#waiting.length > 0) {
      const seat = this.#seats.find(({ call }) => call === null) ?? this.#newSeat();
      if (seat === null) return;
      const call = this.#waiting.shift();
      if (call === undefined) return;
      seat.call = call;
      try {
        seat.worker.post(call.request);
      } catch (error) {
        // What cannot be cloned never left: the seat is free, and whoever asked is told.
        seat.call = null;
        call.reject(error);
      }
    }
  }

  #newSeat(): Seat | null {
    if (this.#seats.length >= this.size) return null;
    const seat: Seat = { worker: this.#spawn(), call: null };
    seat.worker.onAnswer((answer) => this.#settle(seat, answer));
    seat.worker.onFailure((error) => {
      const { call } = seat;
      if (!this.#seats.includes(seat)) return;
      this.#leave(seat);
      call?.reject(error);
      this.#dispatch();
    });
    this.#seats.push(seat);
    return seat;
  }

  #settle(seat: Seat, answer: TaskAnswer): void {
    const { call } = seat;
    if (call === null || call.request.id !== answer.id) return;
    seat.call = null;
    if (answer.kind === 'done') call.resolve(answer.result);
    else call.reject(new TaskError(answer.error));
    this.#dispatch();
  }
}

/** A pool of threads that are started when they are first needed. RangeError for a size below 1. */
export function createWorkerPool<Tasks extends TaskTable>(options: {
  readonly size: number;
  readonly spawn: () => PoolWorker;
}): Pool<Tasks> {
  if (!Number.isInteger(options.size) || options.size < 1) {
    throw new RangeError(`A pool has a whole number of workers from 1, not ${options.size}.`);
  }
  const pool = new WorkerPool(options.size, options.spawn);
  // The table's types are those of what the workers run; only clones pass between.
  return pool as unknown as Pool<Tasks>;
}
