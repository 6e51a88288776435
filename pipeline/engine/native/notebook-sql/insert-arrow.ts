import type { DuckDBConnection } from '@duckdb/node-api';
import { type Table, tableFromIPC } from '@uwdata/flechette';
import { AppError } from '../../../contract/errors.ts';
import { filledColumn } from './filled-column.ts';
import { replaceTable } from './replace-table.ts';

function decoded(ipc: Uint8Array): Table {
  try {
    // What comes from another process may begin anywhere in its buffer; the columns are read in place.
    const aligned = ipc.byteOffset % 8 === 0 ? ipc : ipc.slice();
    return tableFromIPC(aligned, {
      useBigInt: true,
      useBigIntTimestamp: true,
      useDecimalInt: true,
    });
  } catch (error) {
    const problem = `these bytes are no Arrow stream (${String(error)})`;
    throw new AppError('SQL_INVALID', { problem }, { cause: error });
  }
}

/** Makes or replaces a table with the rows of an Arrow IPC stream and tells how many; nested types are refused by name. */
export async function insertArrow(
  connection: DuckDBConnection,
  { name, ipc }: { readonly name: string; readonly ipc: Uint8Array },
  signal: AbortSignal,
): Promise<number> {
  const table = decoded(ipc);
  const columns = table.names.map((column, i) => filledColumn(column, table.getChildAt(i)));
  if (columns.length === 0) {
    throw new AppError('SQL_INVALID', { problem: 'a table needs at least one column' });
  }
  await replaceTable(connection, { name, rows: table.numRows, columns }, signal);
  return table.numRows;
}
