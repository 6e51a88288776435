import { createRequire } from 'node:module';
import { parentPort } from 'node:worker_threads';

/**
 * Runs the library's worker for Node in a thread: it was written for the globals of a Web Worker. What it asks of the
 * network, an extension, is refused at once: it would wait for ever where there is none.
 */
class RefusedRequest {
  readonly status = 404;
  readonly response = null;
  readonly responseText = '';
  open(): void {}
  send(): void {}
  setRequestHeader(): void {}
  getResponseHeader(): null {
    return null;
  }
  getAllResponseHeaders(): string {
    return '';
  }
}

interface WorkerGlobals {
  onmessage?: (event: { data: unknown }) => void;
}

const globals: WorkerGlobals = globalThis as unknown as WorkerGlobals;
Object.assign(globalThis, {
  XMLHttpRequest: RefusedRequest,
  postMessage: (message: unknown, transfer: ArrayBuffer[]) =>
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    parentPort?.postMessage(message, transfer),
});
createRequire(import.meta.url)('@duckdb/duckdb-wasm/dist/duckdb-node-eh.worker.cjs');
parentPort?.on('message', (data: unknown) => globals.onmessage?.({ data }));
