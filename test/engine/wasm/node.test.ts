import { afterAll, beforeAll } from 'vitest';
import { startWasmEngine } from '../../../pipeline/engine/wasm/node/start-wasm-engine.ts';
import type { WasmEngine } from '../../../pipeline/engine/wasm/wasm-engine.ts';
import { engineContract } from '../contract.ts';
import { emptied } from './emptied.ts';

let engine: WasmEngine;

beforeAll(async () => {
  engine = await startWasmEngine();
});

afterAll(() => engine.close());

engineContract('wasm, in Node', () => emptied(engine));
