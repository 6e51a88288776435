import { AppError } from '../../../contract/errors.ts';
import type { EngineWorker } from '../engine-worker.ts';
import { openWasmEngine, type WasmEngine, type WasmEngineOptions } from '../wasm-engine.ts';

export interface WasmParts {
  /** `duckdb-browser-eh.worker.js` of the library: where it is, or the script itself. */
  readonly worker: { readonly address: string } | { readonly script: string };
  /** `duckdb-eh.wasm`: where it is, its bytes, or what was compiled of them, which may still be on its way. */
  readonly wasm:
    | { readonly address: string }
    | BufferSource
    | WebAssembly.Module
    | Promise<WebAssembly.Module>;
}

/**
 * Runs in the worker before the library's script, which fetches its module by an address and waits for ever where that
 * fails: it can be given one instead, and a fault that nobody catches becomes the worker's error.
 */
const prelude = `
addEventListener('unhandledrejection', ({ reason }) => setTimeout(() => { throw reason; }));
addEventListener('message', (event) => {
  const module = event.data?.strataModule;
  if (module === undefined) return;
  event.stopImmediatePropagation();
  WebAssembly.instantiateStreaming = async (response, imports) => {
    response.catch(() => {});
    const made = await WebAssembly.instantiate(module, imports);
    return made instanceof WebAssembly.Instance ? { instance: made, module } : made;
  };
});
`;

/** No address at all within a worker made of a Blob, so nothing is asked of the network. */
const NOWHERE = 'given';

const absolute = (address: string): string => new URL(address, location.href).href;

function scriptOf(worker: WasmParts['worker']): string {
  if ('script' in worker) return worker.script;
  return `importScripts(${JSON.stringify(absolute(worker.address))});`;
}

function spawn(source: string): EngineWorker {
  const address = URL.createObjectURL(new Blob([prelude, source], { type: 'text/javascript' }));
  const worker = new Worker(address);
  return {
    post: (message, transfer) => worker.postMessage(message, [...transfer]),
    onMessage: (listener) => worker.addEventListener('message', ({ data }) => listener(data)),
    onFailure: (listener) => {
      // A script that could not be loaded has no message.
      worker.addEventListener('error', (event) => {
        event.preventDefault();
        listener(new Error(event.message || 'its script could not be run'));
      });
      worker.addEventListener('messageerror', () =>
        listener(new Error('its answer is unreadable')),
      );
    },
    end: () => {
      worker.terminate();
      URL.revokeObjectURL(address);
    },
  };
}

/**
 * DuckDB-WASM in a worker of a page or of a worker, with an empty database in memory. It needs `worker-src blob:` and
 * `'wasm-unsafe-eval'` of the page's policy, and nothing of the network where script and module are given themselves.
 */
export async function startWasmEngine(
  parts: WasmParts,
  options: WasmEngineOptions = {},
): Promise<WasmEngine> {
  const worker = spawn(scriptOf(parts.worker));
  const wasm = await Promise.resolve(parts.wasm).catch((error: unknown) => {
    worker.end();
    const problem = error instanceof Error ? error.message : String(error);
    throw new AppError('ENGINE_NOT_STARTED', { problem }, { cause: error });
  });
  if ('address' in wasm) return openWasmEngine(worker, absolute(wasm.address), options);
  worker.post({ strataModule: wasm }, []);
  return openWasmEngine(worker, NOWHERE, options);
}
