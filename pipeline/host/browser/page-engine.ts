import type { PackedTable, ToPageHost } from '../../contract/shared-page.ts';
import { startWasmEngine } from '../../engine/wasm/browser/start-wasm-engine.ts';
import type { WasmEngine } from '../../engine/wasm/wasm-engine.ts';
import { WasmTableEngine } from '../../engine/wasm/wasm-table-engine.ts';
import { openGivenScriptRunner } from '../../notebooks/script/browser/open-given-script-runner.ts';
import type { ScriptRunner } from '../../notebooks/session/ports.ts';
import { unpackedModule, unpackedScript, unpackedTable } from './unpacked.ts';

type Parts = Extract<ToPageHost, { kind: 'engine' }>;

export interface PageEngine {
  readonly engine: WasmEngine;
  /** With the workspace's tables of the page. */
  readonly tables: WasmTableEngine;
  /** What panels made, by name in small letters. */
  readonly panels: ReadonlyMap<string, PackedTable>;
}

/** DuckDB with the tables of the page in it. */
export async function startPageEngine({ duckdb, tables }: Parts): Promise<PageEngine> {
  const script = await unpackedScript(duckdb.script);
  // The worker reads its script while the module is compiled.
  const engine = await startWasmEngine({
    worker: { script },
    wasm: unpackedModule(duckdb.module),
  });
  const loaded = await WasmTableEngine.open(engine);
  const panels = new Map<string, PackedTable>();
  for (const table of tables) {
    if (table.kind === 'panel') panels.set(table.name.toLowerCase(), table);
    else await loaded.load(table.name, await unpackedTable(table.packed));
  }
  return { engine, tables: loaded, panels };
}

/** QuickJS in a worker of its own, unpacked with the first script. */
export function pageScripts(parts: Promise<Parts>): ScriptRunner {
  const open = async (): Promise<ScriptRunner> => {
    const { scripts } = await parts;
    const [script, module] = await Promise.all([
      unpackedScript(scripts.script),
      unpackedModule(scripts.module),
    ]);
    return openGivenScriptRunner({ script, module });
  };
  let opened: Promise<ScriptRunner> | null = null;
  return {
    run: async (script, call) => (await (opened ??= open())).run(script, call),
    close: async () => (await opened)?.close(),
  };
}
