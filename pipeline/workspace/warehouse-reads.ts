import type { Connection, Engine } from '../engine/engine.ts';
import { interruptible } from '../engine/interruptible.ts';
import { onScratch } from '../engine/on-scratch.ts';
import { withRoom } from '../engine/with-room.ts';
import { type Asked, CallsInFlight } from './calls-in-flight.ts';

/**
 * Calls that only read, each on a connection of its own: none waits for another or for a job, and a signal ends this one
 * alone. Throws CANCELLED where that happens, and after the close.
 */
export class WarehouseReads {
  readonly #engine: Engine;
  readonly #calls = new CallsInFlight();

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** Statements that see one state, whatever is written meanwhile; long computations belong into `run`. */
  read<T>(asked: Asked, work: (connection: Connection) => Promise<T>): Promise<T> {
    return this.run(asked, (connection) => connection.transaction(() => work(connection)));
  }

  /** Work that reads and computes. An open transaction keeps the warehouse from being copied: it says what to read in one. */
  run<T>(
    asked: Asked,
    work: (connection: Connection, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    return this.#connected(asked, (connection, signal) =>
      interruptible(connection, { signal, what: asked.what }, () => work(connection, signal)),
    );
  }

  /** Work that makes tables of these schemas anew to look at them; they are seen by nobody else. */
  lookingAt<T>(
    schemas: readonly string[],
    asked: Asked,
    work: (connection: Connection) => Promise<T>,
  ): Promise<T> {
    return this.#connected(asked, (connection, signal) =>
      withRoom(connection, () =>
        onScratch(connection, schemas, () =>
          interruptible(connection, { signal, what: asked.what }, () => work(connection)),
        ),
      ),
    );
  }

  /** Ends what is under way, and closes its connections. */
  close(): Promise<void> {
    return this.#calls.close();
  }

  #connected<T>(
    asked: Asked,
    work: (connection: Connection, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    return this.#calls.run(asked, async (signal) => {
      const connection = await this.#engine.connect();
      try {
        return await work(connection, signal);
      } finally {
        connection.close();
      }
    });
  }
}
