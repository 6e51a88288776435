import type { QuickJSContext, QuickJSHandle, QuickJSWASMModule } from 'quickjs-emscripten-core';
import { preludeSource } from './prelude-source.ts';
import { readScriptTable, type ScriptTable } from './script-columns.ts';
import { ScriptOutputs } from './script-outputs.ts';
import type { ScriptAnswer, ScriptTask } from './script-task.ts';
import { NO_WAITING, unrunnable, wrapCell } from './wrap-cell.ts';

const FILE = 'cell.js';

/** Small enough for QuickJS to say so before the engine under it runs out of its own. */
const STACK_BYTES = 192 * 1024;

/** What running takes besides what is asked for. */
const SPARE_BYTES = 256 * 1024;

interface Failure {
  readonly problem: string;
  readonly stack: string;
  readonly kind: string;
}

function limit(problem: string): ScriptAnswer {
  return { kind: 'failed', code: 'SCRIPT_LIMIT', details: { problem } };
}

function outOfMemory(memory: number): ScriptAnswer {
  return limit(`it needs more than ${Math.round(memory / 1e6)} MB of memory`);
}

/** What the script threw, with the line of the cell; a limit of the sandbox as such. */
function failed({ problem, stack, kind }: Failure, memory: number): ScriptAnswer {
  // Where there is no room even for an error, null is thrown.
  if (/^InternalError out of memory|^no room$/.test(kind)) return outOfMemory(memory);
  if (kind.startsWith('InternalError stack overflow')) return limit('it calls itself too deeply');
  const line = /\bcell\.js:(\d+)/.exec(stack)?.[1];
  const where = line === undefined ? '' : `line ${line}: `;
  return { kind: 'failed', code: 'SCRIPT_FAILED', details: { problem: `${where}${problem}` } };
}

/** The allocator of the module, which quickjs-emscripten calls without asking whether it gave anything. */
interface Heap {
  _malloc(bytes: number): number;
  _free(pointer: number): void;
}

/** One cell in one sandbox. */
class Sandbox {
  readonly #context: QuickJSContext;
  readonly #heap: Heap;
  readonly #module: QuickJSWASMModule;
  readonly #task: ScriptTask;
  readonly #tables: readonly [name: string, table: ScriptTable][];
  readonly #outputs = new ScriptOutputs();
  #failure: Failure | null = null;
  #characters = 0;

  constructor(context: QuickJSContext, module: QuickJSWASMModule, task: ScriptTask) {
    this.#context = context;
    this.#module = module;
    this.#heap = (module.getFFI() as unknown as { readonly module: Heap }).module;
    this.#task = task;
    this.#tables = Object.entries(task.tables).map(([name, ipc]) => [name, readScriptTable(ipc)]);
  }

  run(): ScriptAnswer {
    const { memory, output } = this.#task.limits;
    try {
      const cell = this.#evaluate(wrapCell(this.#task.code));
      if (cell !== null) this.#call(this.#prelude(), cell);
    } catch (error) {
      if (this.#characters > output) return this.#tooMuch();
      if (error instanceof RangeError && error.message.includes('call stack')) {
        return limit('it calls itself too deeply');
      }
      throw error;
    }
    if (this.#characters > output) return this.#tooMuch();
    if (this.#failure !== null) return failed(this.#failure, memory);
    if (this.#context.runtime.hasPendingJob()) {
      return { kind: 'failed', code: 'SCRIPT_FAILED', details: { problem: NO_WAITING } };
    }
    this.#outputs.endPrint();
    const { outputs, table } = this.#outputs;
    return { kind: 'done', result: { outputs, ...(table === undefined ? {} : { table }) } };
  }

  #tooMuch(): ScriptAnswer {
    return limit(`it shows more than ${Math.round(this.#task.limits.output / 1e6)} MB`);
  }

  #prelude(): QuickJSHandle {
    const context = this.#context;
    const given = JSON.stringify({
      tables: this.#tables.map(([name, { rows, columns }]) => ({ name, rows, columns })),
      inputs: Object.entries(this.#task.values),
    });
    const prelude = context.unwrapResult(context.evalCode(preludeSource, 'strata.js'));
    const emit = context.newFunction('emit', (...parts) => this.#emit(parts));
    const fetch = context.newFunction('fetch', (table, column) =>
      this.#fetch(context.getNumber(table), context.getNumber(column)),
    );
    return context.unwrapResult(
      context.callFunction(prelude, context.undefined, emit, fetch, context.newString(given)),
    );
  }

  #emit([kind, text, values, validity]: QuickJSHandle[]): void {
    const context = this.#context;
    const written = text === undefined ? '' : context.getString(text);
    this.#characters += written.length;
    if (this.#characters > this.#task.limits.output)
      throw new RangeError('This is too much to show.');
    const name = kind === undefined ? '' : context.getString(kind);
    if (name === 'failed') {
      const failure = JSON.parse(written) as Failure;
      const isFull = failure.problem === 'thrown: null' && this.#wasFull();
      this.#failure ??= isFull ? { ...failure, kind: 'no room' } : failure;
      return;
    }
    this.#outputs.add({
      kind: name,
      text: written,
      values: this.#bytes(values),
      validity: this.#bytes(validity),
    });
  }

  #bytes(handle: QuickJSHandle | undefined): ArrayBuffer | null {
    if (handle === undefined || this.#context.typeof(handle) !== 'object') return null;
    const found = this.#context.getArrayBuffer(handle);
    const bytes = found.value.slice().buffer;
    found.dispose();
    return bytes;
  }

  #fetch(table: number, column: number): QuickJSHandle {
    const context = this.#context;
    const { kind, text, values, validity } = this.#tables[table]?.[1].column(column) ?? {
      kind: 'json',
      text: '[]',
    };
    if (!this.#hasRoom((text?.length ?? 0) * 3 + 2 * (values?.byteLength ?? 0) + SPARE_BYTES)) {
      this.#failure = { problem: '', stack: '', kind: 'no room' };
      throw new RangeError('There is no room for this column.');
    }
    const read = context.newObject();
    const set = (name: string, handle: QuickJSHandle): void => {
      context.setProp(read, name, handle);
      handle.dispose();
    };
    set('kind', context.newString(kind));
    if (text !== undefined) set('text', context.newString(text));
    if (values !== undefined) set('values', context.newArrayBuffer(values));
    if (validity !== undefined) set('validity', context.newArrayBuffer(validity));
    return read;
  }

  /** Memory grows and never shrinks. */
  #wasFull(): boolean {
    return this.#module.getWasmMemory().buffer.byteLength > 0.9 * this.#task.limits.memory;
  }

  #hasRoom(bytes: number): boolean {
    const pointer = this.#heap._malloc(bytes);
    if (pointer !== 0) this.#heap._free(pointer);
    return pointer !== 0;
  }

  #evaluate(code: string): QuickJSHandle | null {
    const result = this.#context.evalCode(code, FILE);
    if (result.error === undefined) return result.value;
    const failure = this.#failureOf(result.error);
    const problem = unrunnable(this.#task.code) ?? failure.problem;
    this.#failure = { ...failure, problem };
    return null;
  }

  #call(run: QuickJSHandle, cell: QuickJSHandle): void {
    const result = this.#context.callFunction(run, this.#context.undefined, cell);
    // The prelude catches what a cell throws; memory may be too short even for that.
    if (result.error !== undefined) this.#failure ??= this.#failureOf(result.error);
  }

  #failureOf(error: QuickJSHandle): Failure {
    const context = this.#context;
    const read = (name: string) => context.getString(context.getProp(error, name));
    const [name, message, stack] = [read('name'), read('message'), read('stack')];
    return { problem: `${name}: ${message}`, stack, kind: `${name} ${message}` };
  }
}

/** Runs a cell in a sandbox that nothing of an earlier one is left in; `module` is used up by it. */
export function runScript(module: QuickJSWASMModule, task: ScriptTask): ScriptAnswer {
  const runtime = module.newRuntime();
  runtime.setMemoryLimit(task.limits.memory);
  runtime.setMaxStackSize(STACK_BYTES);
  // Never disposed of: the whole module goes, and a broken sandbox could not be cleared.
  return new Sandbox(runtime.newContext(), module, task).run();
}
