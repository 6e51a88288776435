import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tableFromArrays, tableToIPC } from '@uwdata/flechette';
import { startWasmEngine } from '../../pipeline/engine/wasm/node/start-wasm-engine.ts';
import { WasmTableEngine } from '../../pipeline/engine/wasm/wasm-table-engine.ts';
import type {
  DocumentCell,
  JsonObject,
  NotebookDocument,
} from '../../pipeline/notebooks/document/notebook-document.ts';
import { openScriptRunner } from '../../pipeline/notebooks/script/node/open-script-runner.ts';
import { liveHtml } from '../../pipeline/notebooks/share/live-html.ts';
import type { SharedData } from '../../pipeline/notebooks/share/read-shared.ts';
import { rerun } from '../../pipeline/notebooks/share/rerun.ts';

const template = join(import.meta.dirname, '..', '..', 'dist', 'reader', 'template.html');

type Columns = Parameters<typeof tableFromArrays>[0];

export function sharedTable(
  name: string,
  columns: Columns,
  kind: SharedData['kind'] = 'workspace',
): SharedData {
  const table = tableFromArrays(columns);
  const ipc = tableToIPC(table, { format: 'stream' });
  if (ipc === null) throw new Error('no Arrow');
  return { name, kind, rows: table.numRows, columns: Object.keys(columns), ipc };
}

export function cell(id: string, source: string, other: Partial<DocumentCell> = {}): DocumentCell {
  const type = other.type ?? (source.startsWith('#') ? 'markdown' : 'code');
  return { id, source, metadata: {}, outputs: [], executionCount: null, ...other, type };
}

export interface SharedPage {
  readonly title: string;
  readonly cells: readonly DocumentCell[];
  readonly tables: readonly SharedData[];
  readonly record?: JsonObject;
}

/** A page as an export makes it: its cells have been run on the tables that it carries. */
export async function sharedPage({
  title,
  cells,
  tables,
  record = {},
}: SharedPage): Promise<string> {
  const document: NotebookDocument = { cells, metadata: {}, mode: 'reactive', text: null };
  const { document: ran } = await rerun(
    { document, tables, minimumCount: 0 },
    {
      startReader: async () => WasmTableEngine.open(await startWasmEngine()),
      startScripts: () => openScriptRunner(),
    },
  );
  return liveHtml({
    template: await readFile(template, 'utf8'),
    title,
    document: ran,
    record,
    tables,
  });
}
