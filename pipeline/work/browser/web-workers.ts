import type { StatisticsPool } from '../statistics-tasks.ts';
import { createWorkerPool, type PoolWorker } from '../worker-pool.ts';
import { asPoolWorker } from './as-pool-worker.ts';

function spawn(): PoolWorker {
  // Written out in the call: that is how bundlers find the worker's file.
  return asPoolWorker(
    new Worker(new URL('./statistics-worker.ts', import.meta.url), { type: 'module' }),
  );
}

/**
 * One worker a core, started when they are first needed; on a page or in a worker of it. Where the page is
 * cross-origin isolated they share matrices; elsewhere each gets a copy.
 */
export function openStatisticsPool(size = navigator.hardwareConcurrency): StatisticsPool {
  return createWorkerPool({ size: Math.max(1, size), spawn });
}
