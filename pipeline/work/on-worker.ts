import { AppError } from '../contract/errors.ts';
import { TaskError } from './pool.ts';
import type { StatisticsPool, StatisticsTasks } from './statistics-tasks.ts';

/** Node has setImmediate; a browser worker has only timers. Either lets the host's event loop turn once. */
function macrotask(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === 'function') setImmediate(resolve);
    else setTimeout(resolve, 0);
  });
}

/** What long computations are given: where they run, how they are stopped, whom they tell. */
export interface Work {
  /** Threads; without them everything runs where it is asked for, and other work in between. */
  readonly pool?: StatisticsPool | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

async function createPoolHere(): Promise<StatisticsPool> {
  const { createInlinePool } = await import('./inline-pool.ts');
  const { statisticsTasks } = await import('./statistics-tasks.ts');
  return createInlinePool(statisticsTasks, macrotask);
}

let here: Promise<StatisticsPool> | undefined;

/** All that statistics can do is many files, which a caller with threads does not wait for. */
function poolHere(): Promise<StatisticsPool> {
  here ??= createPoolHere();
  return here;
}

/** What such an error is to whoever asked. */
export function translated(error: unknown, what: string, signal?: AbortSignal): unknown {
  if (signal?.aborted === true) return new AppError('CANCELLED', { what }, { cause: error });
  const tooFew = error instanceof Error && error.name === 'TooFewDistinctRowsError';
  if (!tooFew) return error;
  const { k, distinct } =
    error instanceof TaskError ? error.fields : Object.fromEntries(Object.entries(error));
  return new AppError(
    'TOO_FEW_CUSTOMERS',
    { k: Number(k), distinct: Number(distinct) },
    { cause: error },
  );
}

/** Has a worker do a task; throws CANCELLED when the signal is aborted, TOO_FEW_CUSTOMERS where too few rows differ. */
export async function onWorker<Name extends keyof StatisticsTasks>(
  { pool, signal }: Work,
  what: string,
  name: Name,
  ...args: Parameters<StatisticsTasks[Name]>
): Promise<ReturnType<StatisticsTasks[Name]>> {
  try {
    return await (pool ?? (await poolHere())).run(name, args, { signal });
  } catch (error) {
    throw translated(error, what, signal);
  }
}

export function poolSize({ pool }: Work): number {
  return pool?.size ?? 1;
}
