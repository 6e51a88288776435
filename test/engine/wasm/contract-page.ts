import {
  startWasmEngine,
  type WasmParts,
} from '../../../pipeline/engine/wasm/browser/start-wasm-engine.ts';
import type { WasmEngine } from '../../../pipeline/engine/wasm/wasm-engine.ts';
import { engineContract } from '../contract.ts';
import { emptied } from './emptied.ts';
import { type Outcome, runCollected } from './vitest-in-page.ts';

/** What the test asks of the page. */
export interface Asked {
  /** Runs the contract with the script and the module that lie within the page itself. */
  contract(): Promise<Outcome[]>;
  /** Starts an engine from elsewhere: what it answers, or the code of what went wrong. */
  started(parts: WasmParts): Promise<unknown>;
}

let engine: WasmEngine;

engineContract('wasm, in Chromium', () => emptied(engine), { progressBar: false });

const inlined = (id: string): string => document.getElementById(id)?.textContent ?? '';

async function unzipped(base64: string): Promise<ArrayBuffer> {
  const zipped = await (await fetch(`data:application/gzip;base64,${base64}`)).blob();
  return new Response(zipped.stream().pipeThrough(new DecompressionStream('gzip'))).arrayBuffer();
}

const asked: Asked = {
  async contract() {
    const wasm = await WebAssembly.compile(await unzipped(inlined('wasm')));
    engine = await startWasmEngine({ worker: { script: inlined('worker') }, wasm });
    const outcomes = await runCollected();
    await engine.close();
    return outcomes;
  },
  async started(parts) {
    try {
      const other = await startWasmEngine(parts);
      const rows = await (await other.connect()).rows('select 6 * 7 as answer');
      await other.close();
      return rows;
    } catch (error) {
      return (error as { code?: string }).code ?? String(error);
    }
  },
};

Object.assign(globalThis, { asked });
