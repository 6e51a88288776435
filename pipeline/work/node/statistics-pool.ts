import { availableParallelism } from 'node:os';
import { extname, join } from 'node:path';
import type { StatisticsPool } from '../statistics-tasks.ts';
import { createWorkerPool } from '../worker-pool.ts';
import { threadPoolWorker } from './thread-pool-worker.ts';

const entry = join(import.meta.dirname, `statistics-worker${extname(import.meta.filename)}`);

/** One worker a core, started when they are first needed. */
export function openStatisticsPool(size = availableParallelism()): StatisticsPool {
  return createWorkerPool({ size: Math.max(1, size), spawn: () => threadPoolWorker(entry) });
}
