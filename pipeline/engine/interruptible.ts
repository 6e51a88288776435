import { AppError } from '../contract/errors.ts';
import type { Connection } from './engine.ts';

/** Lets a signal stop what runs on a connection; whatever that throws then is told as CANCELLED. */
export async function interruptible<T>(
  connection: Connection,
  options: { signal: AbortSignal | undefined; what: string },
  work: () => Promise<T>,
): Promise<T> {
  const { signal, what } = options;
  if (signal === undefined) return work();
  const interrupt = (): void => connection.interrupt();
  signal.addEventListener('abort', interrupt);
  try {
    signal.throwIfAborted();
    return await work();
  } catch (error) {
    if (signal.aborted) throw new AppError('CANCELLED', { what }, { cause: error });
    throw error;
  } finally {
    signal.removeEventListener('abort', interrupt);
  }
}
