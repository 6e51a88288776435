import { AppError } from '../contract/errors.ts';
import type { Connection } from './engine.ts';

/** An interrupt that meets no statement is lost, so it is sent again until the work has ended. */
const AGAIN_AFTER_MS = 20;

/** Lets a signal stop what runs on a connection; whatever that throws then is told as CANCELLED. */
export async function interruptible<T>(
  connection: Connection,
  options: { signal: AbortSignal | undefined; what: string },
  work: () => Promise<T>,
): Promise<T> {
  const { signal, what } = options;
  if (signal === undefined) return work();
  let again: ReturnType<typeof setInterval> | undefined;
  const interrupt = (): void => {
    connection.interrupt();
    again = setInterval(() => connection.interrupt(), AGAIN_AFTER_MS);
  };
  signal.addEventListener('abort', interrupt);
  try {
    signal.throwIfAborted();
    return await work();
  } catch (error) {
    if (signal.aborted) throw new AppError('CANCELLED', { what }, { cause: error });
    throw error;
  } finally {
    signal.removeEventListener('abort', interrupt);
    clearInterval(again);
  }
}
