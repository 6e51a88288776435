import type { JsonObject } from '../document/notebook-document.ts';
import { htmlTable } from './html-table.ts';
import { plainTable } from './plain-table.ts';
import { readTextTable } from './text-table.ts';

/** nbformat outputs that show the first rows of an Arrow IPC stream; `rows` is how many the whole table has. */
export function tableOutputs(
  ipc: Uint8Array,
  { rows }: { readonly rows?: number } = {},
): JsonObject[] {
  const table = readTextTable(ipc, rows);
  const data = { 'text/html': htmlTable(table), 'text/plain': plainTable(table) };
  return [{ output_type: 'display_data', metadata: {}, data }];
}
