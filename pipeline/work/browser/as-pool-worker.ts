import type { TaskAnswer } from '../pool.ts';
import type { PoolWorker } from '../worker-pool.ts';

/** A worker of a page, as a pool wants it. */
export function asPoolWorker(worker: Worker, ended: () => void = () => {}): PoolWorker {
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
    end: () => {
      worker.terminate();
      ended();
    },
  };
}
