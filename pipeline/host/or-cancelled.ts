import { AppError } from '../contract/errors.ts';

/** Waits for work, but no longer than until the signal is aborted; then throws CANCELLED. The work itself goes on. */
export async function orCancelled<T>(
  work: Promise<T>,
  what: string,
  signal: AbortSignal | undefined,
): Promise<T> {
  if (signal === undefined) return work;
  const cancelled = Promise.withResolvers<never>();
  const cancel = (): void => cancelled.reject(new AppError('CANCELLED', { what }));
  signal.addEventListener('abort', cancel);
  try {
    if (signal.aborted) cancel();
    return await Promise.race([work, cancelled.promise]);
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}
