import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { EngineWorker } from '../engine-worker.ts';
import { openWasmEngine, type WasmEngine, type WasmEngineOptions } from '../wasm-engine.ts';

const entry = join(import.meta.dirname, `duckdb-worker${extname(import.meta.filename)}`);

function spawn(): EngineWorker {
  // The script prints every error that it hands back, too.
  const worker = new Worker(entry, { stdout: true });
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    post: (message, transfer) => worker.postMessage(message, [...transfer]),
    onMessage: (listener) => worker.on('message', listener),
    onFailure: (listener) => {
      worker.on('error', listener);
      worker.on('exit', (code) => listener(new Error(`the thread ended with ${code}`)));
    },
    end: () => void worker.terminate(),
  };
}

/** DuckDB-WASM in a thread of Node, with an empty database in memory. `wasm` is the path of another build of it. */
export function startWasmEngine(
  options: WasmEngineOptions & { readonly wasm?: string } = {},
): Promise<WasmEngine> {
  const { wasm, ...rest } = options;
  const path =
    wasm ?? createRequire(import.meta.url).resolve('@duckdb/duckdb-wasm/dist/duckdb-eh.wasm');
  return openWasmEngine(spawn(), path, rest);
}
