import type { ScriptRunner } from '../../session/ports.ts';
import { createScriptRunner, type ScriptRunnerOptions } from '../script-runner.ts';
import { asPoolWorker } from '../../../work/browser/as-pool-worker.ts';

/** Scripts in a worker of the page, which is started with the first of them. */
export function openScriptRunner(options: ScriptRunnerOptions = {}): ScriptRunner {
  return createScriptRunner(
    // Written out in the call: that is how bundlers find the worker's file.
    () =>
      asPoolWorker(new Worker(new URL('./script-worker.ts', import.meta.url), { type: 'module' })),
    options,
  );
}
