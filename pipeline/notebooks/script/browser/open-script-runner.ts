import type { TaskAnswer } from '../../../work/pool.ts';
import type { PoolWorker } from '../../../work/worker-pool.ts';
import type { ScriptRunner } from '../../session/ports.ts';
import { createScriptRunner, type ScriptRunnerOptions } from '../script-runner.ts';

function spawn(): PoolWorker {
  // Written out in the call: that is how bundlers find the worker's file.
  const worker = new Worker(new URL('./script-worker.ts', import.meta.url), { type: 'module' });
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin
    post: (request) => worker.postMessage(request),
    onAnswer: (listener) =>
      worker.addEventListener('message', ({ data }: MessageEvent<TaskAnswer>) => listener(data)),
    onFailure: (listener) => {
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

/** Scripts in a worker of the page, which is started with the first of them. */
export function openScriptRunner(options: ScriptRunnerOptions = {}): ScriptRunner {
  return createScriptRunner(spawn, options);
}
