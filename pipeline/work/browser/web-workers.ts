import type { TaskAnswer } from '../pool.ts';
import type { StatisticsPool } from '../statistics-tasks.ts';
import { createWorkerPool, type PoolWorker } from '../worker-pool.ts';

function spawn(): PoolWorker {
  // Written out in the call: that is how bundlers find the worker's file.
  const worker = new Worker(new URL('./statistics-worker.ts', import.meta.url), { type: 'module' });
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin
    post: (request) => worker.postMessage(request),
    onAnswer: (listener) =>
      worker.addEventListener('message', ({ data }: MessageEvent<TaskAnswer>) => listener(data)),
    onFailure: (listener) => {
      // A script that could not be loaded has no message.
      worker.addEventListener('error', ({ message }) =>
        listener(new Error(message || 'A worker could not be started.')),
      );
      worker.addEventListener('messageerror', () =>
        listener(new Error('What a worker answered could not be read.')),
      );
    },
    end: () => worker.terminate(),
  };
}

/**
 * One worker a core, started when they are first needed; on a page or in a worker of it. Where the page is
 * cross-origin isolated they share matrices; elsewhere each gets a copy.
 */
export function openStatisticsPool(size = navigator.hardwareConcurrency): StatisticsPool {
  return createWorkerPool({ size: Math.max(1, size), spawn });
}
