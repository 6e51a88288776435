import { existsSync } from 'node:fs';
import { AppError } from '../../contract/errors.ts';
import type { Connection } from '../../engine/engine.ts';
import { snapshotWarehouse } from '../../engine/native/snapshot.ts';
import { orCancelled } from '../or-cancelled.ts';

/** A job waits no longer than this for a copy of the state before it. */
const PATIENCE_BEFORE_JOB_MS = 1000;

export interface TurnsOptions {
  readonly connection: Connection;
  readonly source: string;
  readonly target: string;
}

/** Jobs and snapshots take turns: a copy of the warehouse is whole only while nobody writes. */
export class WarehouseTurns {
  readonly #options: TurnsOptions;
  #last: Promise<unknown> = Promise.resolve();
  /** The jobs at work (the first) and in line: whether the snapshot shows the state before each. */
  readonly #jobs = new Set<Promise<boolean>>();
  #closed = false;

  constructor(options: TurnsOptions) {
    this.#options = options;
  }

  /** Runs a job in its turn. Where SQL was asked before, a copy of the state before the job is kept for it. */
  async job<T>(work: () => Promise<T>): Promise<T> {
    this.#refuseClosed('The change');
    const before = this.#turn(() => this.#keepState());
    this.#jobs.add(before);
    try {
      return await this.#turn(work);
    } finally {
      this.#jobs.delete(before);
    }
  }

  /**
   * Sees to it that there is a snapshot to read. While a job writes, that is the state before the job, if it could be
   * kept: what the job has done so far is not seen. Otherwise it is the state now. Throws CANCELLED as soon as asked to.
   */
  async snapshot(signal?: AbortSignal): Promise<void> {
    const [before] = this.#jobs;
    if (before !== undefined && (await orCancelled(before, 'The query', signal))) return;
    this.#refuseClosed('The query');
    const copied = this.#turn(async () => {
      if (signal?.aborted !== true) await snapshotWarehouse(this.#options);
    });
    await orCancelled(copied, 'The query', signal);
  }

  /** Lets what is in line end and takes no more: that throws CANCELLED. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#last;
  }

  async #keepState(): Promise<boolean> {
    if (!existsSync(this.#options.target)) return false;
    // A job does not fail for want of a copy; SQL then waits for its end, and is told what is wrong.
    return snapshotWarehouse({ ...this.#options, patienceMs: PATIENCE_BEFORE_JOB_MS }).then(
      () => true,
      () => false,
    );
  }

  #refuseClosed(what: string): void {
    if (this.#closed) throw new AppError('CANCELLED', { what });
  }

  #turn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}
