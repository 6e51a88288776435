import { Worker, type WorkerOptions } from 'node:worker_threads';
import type { TaskAnswer } from '../pool.ts';
import type { PoolWorker } from '../worker-pool.ts';

/** A thread of Node, as a pool wants it. Idle it keeps no process alive; a call that waits for it does. */
export function threadPoolWorker(entry: string, options: WorkerOptions = {}): PoolWorker {
  const worker = new Worker(entry, options);
  return {
    post: (request) => {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
      worker.postMessage(request);
      // Only now: what cannot be cloned throws, and nothing is waited for.
      worker.ref();
    },
    onAnswer: (listener) => {
      worker.on('message', (answer: TaskAnswer) => {
        worker.unref();
        listener(answer);
      });
      // Node takes a listener for somebody who waits.
      worker.unref();
    },
    onFailure: (listener) => {
      worker.on('error', listener);
      worker.on('messageerror', (cause) =>
        listener(new Error('What a worker answered could not be read.', { cause })),
      );
      worker.on('exit', (code) => listener(new Error(`A worker ended with code ${code}.`)));
    },
    end: () => void worker.terminate(),
  };
}
