import { float64, int32, tableFromArrays, tableToIPC, utf8 } from '@uwdata/flechette';

export interface TableColumnValues {
  readonly type: 'text' | 'number' | 'whole';
  readonly values: ArrayLike<string | number | null>;
}

const types = { text: utf8, number: float64, whole: int32 } as const;

/** Equally long columns as an Arrow IPC stream. */
export function arrowTable(columns: Readonly<Record<string, TableColumnValues>>): Uint8Array {
  const named = Object.entries(columns);
  const table = tableFromArrays(
    named.map(([name, { values }]) => [name, Array.from(values)] as [string, unknown[]]),
    { types: Object.fromEntries(named.map(([name, { type }]) => [name, types[type]()])) },
  );
  const bytes = tableToIPC(table, { format: 'stream' });
  if (bytes === null) throw new TypeError('The table could not be written as Arrow.');
  return bytes;
}
