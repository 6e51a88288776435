import type { Engine } from '../../../pipeline/engine/engine.ts';
import type { WasmEngine } from '../../../pipeline/engine/wasm/wasm-engine.ts';

/** A running engine as a new one with an empty database; closing it leaves the worker for the next. */
export async function emptied(engine: WasmEngine): Promise<Engine> {
  await engine.reset();
  return { driver: 'wasm', connect: () => engine.connect(), close: async () => undefined };
}
