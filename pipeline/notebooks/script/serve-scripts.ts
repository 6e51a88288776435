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
type WasmModule = NonNullable<Parameters<typeof newVariant>[1]['wasmModule']>;

const PAGE_BYTES = 65_536;

/** What the module asks for to begin with. */
const FIRST_PAGES = 256;

/** QuickJS's own limit counts no more than each single allocation in this build, so the memory itself ends. */
function sandboxed(bytes: number, module: object | null): Promise<QuickJSWASMModule> {
  const maximum = Math.max(FIRST_PAGES, Math.floor(bytes / PAGE_BYTES));
  const wasmMemory = new WebAssembly.Memory({ initial: FIRST_PAGES, maximum });
  const given = module === null ? {} : { wasmModule: module as WasmModule };
  return newQuickJSWASMModuleFromVariant(newVariant(quickjs, { wasmMemory, ...given }));
}

/** What a worker makes of a request, with QuickJS as it was compiled already where that is given. Never rejects. */
export async function answerScript(
  request: TaskRequest,
  compiled: object | null = null,
): Promise<TaskAnswer> {
  try {
    const [task] = request.args as readonly [ScriptTask];
    const module = await sandboxed(task.limits.memory, compiled);
    return answerTask({ runScript: (given: ScriptTask) => runScript(module, given) }, request);
  } catch (error) {
    const message = `QuickJS could not be loaded: ${String(error)}`;
    return { id: request.id, kind: 'failed', error: { name: 'Error', message, fields: {} } };
  }
}
