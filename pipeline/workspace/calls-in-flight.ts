import { AppError } from '../contract/errors.ts';

export interface Asked {
  /** What is told to be cancelled, such as "The report". */
  readonly what: string;
  readonly signal?: AbortSignal | undefined;
}

/** Calls under way on something that will be closed: none is left behind, and none begins after. */
export class CallsInFlight {
  readonly #closing = new AbortController();
  readonly #calls = new Set<Promise<unknown>>();

  /** Its signal is aborted by whoever asked, or by the close. Throws CANCELLED after that. */
  async run<T>({ what, signal }: Asked, work: (ending: AbortSignal) => Promise<T>): Promise<T> {
    const closing = this.#closing.signal;
    if (closing.aborted || signal?.aborted === true) throw new AppError('CANCELLED', { what });
    const call = work(AbortSignal.any(signal === undefined ? [closing] : [closing, signal]));
    this.#calls.add(call);
    try {
      return await call;
    } finally {
      this.#calls.delete(call);
    }
  }

  /** Aborts every call and resolves when the last has ended. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.allSettled(this.#calls);
  }
}
