import { tableFromIPC } from '@uwdata/flechette';
import type { Cell, TablePage } from '../../../pipeline/contract/schemas.ts';

/** A type as DuckDB would say it, so far as columns are set by it. */
function typeWords({
  typeId,
  bitWidth,
}: {
  readonly typeId: number;
  readonly bitWidth?: number;
}): string {
  switch (typeId) {
    case 2:
      return bitWidth === 64 ? 'bigint' : 'integer';
    case 3:
      return 'double';
    case 6:
      return 'boolean';
    case 7:
      return 'decimal';
    case 8:
      return 'date';
    case 9:
      return 'time';
    case 10:
      return 'timestamp';
    case 5:
    case 20:
    case 24:
    case -1:
      return 'varchar';
    default:
      return 'other';
  }
}

function pad(number: number): string {
  return String(number).padStart(2, '0');
}

function dayText(date: Date): string {
  return `${date.getUTCFullYear()}-${pad(date.getUTCMonth() + 1)}-${pad(date.getUTCDate())}`;
}

function timeText(date: Date): string {
  return `${pad(date.getUTCHours())}:${pad(date.getUTCMinutes())}:${pad(date.getUTCSeconds())}`;
}

/** Lists come as typed arrays, and whole numbers as bigints. */
function plainPart(_key: string, part: unknown): unknown {
  if (typeof part === 'bigint') return String(part);
  return ArrayBuffer.isView(part) ? Array.from(part as unknown as ArrayLike<unknown>) : part;
}

function cellOf(value: unknown, type: string): Cell {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) {
    return type === 'date' ? dayText(value) : `${dayText(value)} ${timeText(value)}`;
  }
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'bigint') {
    return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  }
  return JSON.stringify(value, plainPart);
}

/** The rows of an Arrow IPC stream as a grid shows them; meant for a page of rows, not for a whole table. */
export function arrowPage(
  bytes: Uint8Array,
  { table: name, total }: { readonly table: string; readonly total: number },
): TablePage {
  const table = tableFromIPC(bytes, { useDate: true, useBigInt: true });
  const columns = table.schema.fields.map((field) => ({
    name: field.name,
    type: typeWords(field.type),
  }));
  const values = table.schema.fields.map((_field, at) => table.getChildAt(at));
  const rows = Array.from({ length: table.numRows }, (_, row) =>
    columns.map(({ type }, at) => cellOf(values[at]?.at(row), type)),
  );
  return { table: name, columns, rows, total };
}
