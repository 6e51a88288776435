import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { TaskAnswer } from '../../../work/pool.ts';
import type { PoolWorker } from '../../../work/worker-pool.ts';
import type { ScriptRunner } from '../../session/ports.ts';
import { createScriptRunner, type ScriptRunnerOptions } from '../script-runner.ts';
import { stripTypes } from './strip-types.ts';

const entry = join(import.meta.dirname, `script-worker${extname(import.meta.filename)}`);

function spawn(): PoolWorker {
  const worker = new Worker(entry, { env: {} });
  // An idle worker keeps no process alive; a call that waits for one does.
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

/** Scripts in a thread, which is started with the first of them. */
export function openScriptRunner(options: ScriptRunnerOptions = {}): ScriptRunner {
  return createScriptRunner(spawn, { stripTypes, ...options });
}
