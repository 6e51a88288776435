import { existsSync } from 'node:fs';
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
  /** While a job runs or waits for its turn: whether the snapshot shows the state before it. */
  #before: Promise<boolean> | null = null;

  constructor(options: TurnsOptions) {
    this.#options = options;
  }

  /** Runs a job in its turn. Where SQL was asked before, a copy of the state before the job is kept for it. */
  async job<T>(work: () => Promise<T>): Promise<T> {
    const before = this.#turn(() => this.#keepState());
    this.#before = before;
    try {
      return await this.#turn(work);
    } finally {
      if (this.#before === before) this.#before = null;
    }
  }

  /**
   * Sees to it that there is a snapshot to read. While a job writes, that is the state before the job, if it could be
   * kept: what the job has done so far is not seen. Otherwise it is the state now. Throws CANCELLED as soon as asked to.
   */
  async snapshot(signal?: AbortSignal): Promise<void> {
    if (this.#before !== null && (await orCancelled(this.#before, 'The query', signal))) return;
    const copied = this.#turn(async () => {
      if (signal?.aborted !== true) await snapshotWarehouse(this.#options);
    });
    await orCancelled(copied, 'The query', signal);
  }

  /** Resolves when nothing is at work any more. */
  async settled(): Promise<void> {
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

  #turn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}
