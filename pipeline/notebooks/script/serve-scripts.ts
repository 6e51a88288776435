import variant from '@jitl/quickjs-wasmfile-release-sync';
import {
  newQuickJSWASMModuleFromVariant,
  newVariant,
  type QuickJSSyncVariant,
  type QuickJSWASMModule,
} from 'quickjs-emscripten-core';
import type { TaskAnswer, TaskRequest } from '../../work/pool.ts';
import { answerTask } from '../../work/serve-tasks.ts';
import { runScript } from './run-script.ts';
import type { ScriptTask } from './script-task.ts';

/** QuickJS asks JavaScript for the time zone; here it is UTC, wherever the computer stands. */
function stayInUtc(): void {
  // oxlint-disable-next-line no-extend-native -- a worker of our own, which does nothing else
  Date.prototype.getTimezoneOffset = () => 0;
}

stayInUtc();

// Its types describe the CommonJS file; what is loaded is the module, whose default export it is.
const quickjs = variant as unknown as QuickJSSyncVariant;

// Neither Node's types nor the bare language know it; both platforms do.
declare const WebAssembly: {
  readonly Memory: new (size: { initial: number; maximum: number }) => WasmMemory;
};

type WasmMemory = ReturnType<QuickJSWASMModule['getWasmMemory']>;

const PAGE_BYTES = 65_536;

/** What the module asks for to begin with. */
const FIRST_PAGES = 256;

/** QuickJS's own limit counts no more than each single allocation in this build, so the memory itself ends. */
function sandboxed(bytes: number): Promise<QuickJSWASMModule> {
  const maximum = Math.max(FIRST_PAGES, Math.floor(bytes / PAGE_BYTES));
  const wasmMemory = new WebAssembly.Memory({ initial: FIRST_PAGES, maximum });
  return newQuickJSWASMModuleFromVariant(newVariant(quickjs, { wasmMemory }));
}

/** What a worker makes of a request. Never rejects. */
export async function answerScript(request: TaskRequest): Promise<TaskAnswer> {
  try {
    const [task] = request.args as readonly [ScriptTask];
    const module = await sandboxed(task.limits.memory);
    return answerTask({ runScript: (given: ScriptTask) => runScript(module, given) }, request);
  } catch (error) {
    const message = `QuickJS could not be loaded: ${String(error)}`;
    return { id: request.id, kind: 'failed', error: { name: 'Error', message, fields: {} } };
  }
}
