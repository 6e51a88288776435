import { extname, join } from 'node:path';
import { threadPoolWorker } from '../../../work/node/thread-pool-worker.ts';
import type { ScriptRunner } from '../../session/ports.ts';
import { createScriptRunner, type ScriptRunnerOptions } from '../script-runner.ts';
import { stripTypes } from './strip-types.ts';

const entry = join(import.meta.dirname, `script-worker${extname(import.meta.filename)}`);

const spawn = () => threadPoolWorker(entry, { env: {} });

/** Scripts in a thread, which is started with the first of them and knows nothing of the host's environment. */
export function openScriptRunner(options: ScriptRunnerOptions = {}): ScriptRunner {
  return createScriptRunner(spawn, { stripTypes, ...options });
}
