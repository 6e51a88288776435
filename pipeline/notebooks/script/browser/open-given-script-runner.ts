import type { ScriptRunner } from '../../session/ports.ts';
import { createScriptRunner, type ScriptRunnerOptions } from '../script-runner.ts';
import { asPoolWorker } from '../../../work/browser/as-pool-worker.ts';

export interface ScriptParts {
  /** `given-script-worker.ts` as a classic script. */
  readonly script: string;
  /** `emscripten-module.wasm` of QuickJS. */
  readonly module: WebAssembly.Module;
}

/** Scripts in a worker that is made of what is given and asks nothing of the network. */
export function openGivenScriptRunner(
  { script, module }: ScriptParts,
  options: ScriptRunnerOptions = {},
): ScriptRunner {
  return createScriptRunner(() => {
    const address = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
    const worker = new Worker(address);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin
    worker.postMessage({ module });
    return asPoolWorker(worker, () => URL.revokeObjectURL(address));
  }, options);
}
