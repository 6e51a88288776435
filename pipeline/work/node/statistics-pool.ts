import { availableParallelism } from 'node:os';
import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { TaskAnswer } from '../pool.ts';
import type { StatisticsPool } from '../statistics-tasks.ts';
import { createWorkerPool, type PoolWorker } from '../worker-pool.ts';

const entry = join(import.meta.dirname, `statistics-worker${extname(import.meta.filename)}`);

function spawn(): PoolWorker {
  const worker = new Worker(entry);
  // Idle workers keep no process alive; a call that waits for one does.
  worker.unref();
  return {
    post: (request) => {
      worker.ref();
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
      worker.postMessage(request);
    },
    onAnswer: (listener) =>
      worker.on('message', (answer: TaskAnswer) => {
        worker.unref();
        listener(answer);
      }),
    onFailure: (listener) => {
      worker.on('error', listener);
      worker.on('exit', (code) => listener(new Error(`A worker ended with code ${code}.`)));
    },
    end: () => void worker.terminate(),
  };
}

/** One worker a core, started when they are first needed. */
export function openStatisticsPool(size = availableParallelism()): StatisticsPool {
  return createWorkerPool({ size: Math.max(1, size), spawn });
}
