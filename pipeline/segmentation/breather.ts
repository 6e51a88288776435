import { AppError } from '../contract/errors.ts';

const WORK_MILLISECONDS = 10;

/** Node has setImmediate; a browser worker has only timers. Either lets the host's event loop turn once. */
function macrotask(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === 'function') setImmediate(resolve);
    else setTimeout(resolve, 0);
  });
}

/**
 * Awaited between pieces of long work on the event loop: lets other work run when 10 ms have passed
 * since the last time, and throws CANCELLED when the signal is aborted.
 */
export function createBreather(what: string, signal?: AbortSignal): () => Promise<void> {
  let last = performance.now();
  const stopIfAborted = (): void => {
    if (signal?.aborted) throw new AppError('CANCELLED', { what });
  };
  return async () => {
    stopIfAborted();
    if (performance.now() - last < WORK_MILLISECONDS) return;
    await macrotask();
    last = performance.now();
    stopIfAborted();
  };
}
