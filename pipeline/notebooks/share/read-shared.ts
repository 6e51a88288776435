import { tableFromIPC } from '@uwdata/flechette';
import { AppError } from '../../contract/errors.ts';
import type { ShareChoices } from '../../contract/notebook.ts';
import type { Call, TableEngine } from '../../engine/table-engine.ts';
import type { FoundTable } from './shared-tables.ts';
import { treatedQuery } from './treated-query.ts';

/** A table as it leaves. */
export interface SharedData {
  /** `silver.transactions`, or the name of a panel's table. */
  readonly name: string;
  readonly kind: FoundTable['kind'];
  readonly rows: number;
  readonly columns: readonly string[];
  readonly ipc: Uint8Array;
}

/** A salt that nobody knows after the export: it stands in the queries and nowhere else. */
export function randomSalt(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Reads tables through what was chosen for them. A table of which every column is dropped is not there at all. */
export async function readShared(
  tables: readonly FoundTable[],
  choices: ShareChoices,
  {
    source,
    salt,
    call,
  }: { readonly source: TableEngine; readonly salt: string; readonly call: Call },
): Promise<SharedData[]> {
  const found: SharedData[] = [];
  for (const table of tables) {
    const query = treatedQuery(table, choices, salt);
    if (query === null) continue;
    const ipc = await source.read({ sql: query.sql }, call).catch((cause: unknown) => {
      if (!(cause instanceof AppError) || cause.code !== 'SQL_INVALID') throw cause;
      const problem = `the table ${table.name} cannot be read as chosen (${cause.message})`;
      throw new AppError('NOTEBOOK_EXPORT_FAILED', { problem }, { cause });
    });
    const { name, kind } = table;
    found.push({ name, kind, rows: tableFromIPC(ipc).numRows, columns: query.columns, ipc });
  }
  return found;
}
