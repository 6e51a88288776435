import { AppError } from '../../contract/errors.ts';
import type { Pool } from '../../work/pool.ts';
import { createWorkerPool, type PoolWorker } from '../../work/worker-pool.ts';
import type { Call, CellResult, ScriptInput, ScriptRunner } from '../session/ports.ts';
import type { ScriptTasks } from './script-task.ts';

export interface ScriptRunnerOptions {
  /** How long a cell may take; a minute unless told. */
  readonly timeoutMs?: number;
  /** Bytes that a sandbox may hold, the tables that its cell reads included; 256 MB unless told. */
  readonly memory?: number;
  /** Characters that a cell may show; 10 million unless told. */
  readonly output?: number;
  /** Makes JavaScript of TypeScript without moving anything; without it TypeScript cells do not run. */
  readonly stripTypes?: (code: string) => string;
}

function failed(problem: string): AppError {
  return new AppError('SCRIPT_FAILED', { problem });
}

class PooledScriptRunner implements ScriptRunner {
  readonly #pool: Pool<ScriptTasks>;
  readonly #options: ScriptRunnerOptions;

  constructor(spawn: () => PoolWorker, options: ScriptRunnerOptions) {
    this.#pool = createWorkerPool<ScriptTasks>({ size: 1, spawn });
    this.#options = options;
  }

  async run(script: ScriptInput, { signal }: Call = {}): Promise<CellResult> {
    const { timeoutMs = 60_000, memory = 256e6, output = 10e6 } = this.#options;
    const { values, tables } = script;
    const code = script.language === 'typescript' ? this.#stripped(script.code) : script.code;
    const task = { code, values, tables, limits: { memory, output } };
    const late = AbortSignal.timeout(timeoutMs);
    const stop = signal === undefined ? late : AbortSignal.any([signal, late]);
    const answer = await this.#pool.run('runScript', [task], { signal: stop }).catch((error) => {
      if (signal?.aborted === true) throw new AppError('CANCELLED', { what: 'The script' });
      if (late.aborted) {
        throw new AppError('SCRIPT_LIMIT', { problem: `it takes more than ${timeoutMs / 1000} s` });
      }
      throw failed(error instanceof Error ? error.message : String(error));
    });
    if (answer.kind === 'done') return answer.result;
    throw new AppError(answer.code, answer.details);
  }

  async close(): Promise<void> {
    this.#pool.close();
  }

  #stripped(code: string): string {
    const { stripTypes } = this.#options;
    if (stripTypes === undefined) {
      throw failed('TypeScript cannot be run here, only JavaScript.');
    }
    try {
      return stripTypes(code);
    } catch (error) {
      throw failed(error instanceof Error ? error.message : String(error));
    }
  }
}

/** One worker that runs a script at a time, each in a sandbox of its own; `spawn` starts it on whichever platform. */
export function createScriptRunner(
  spawn: () => PoolWorker,
  options: ScriptRunnerOptions = {},
): ScriptRunner {
  return new PooledScriptRunner(spawn, options);
}
