import {
  binary,
  type Column,
  columnFromArray,
  type DataType,
  float64,
  int32,
  int64,
  list,
  struct,
  tableFromColumns,
  tableToIPC,
  utf8,
} from '@uwdata/flechette';
import { AppError } from '../../contract/errors.ts';
import type { ColumnData } from '../engine.ts';

interface Encoding {
  /** How Arrow carries the values. */
  readonly arrow: DataType;
  /** The SQL type of the column that takes them. */
  readonly staged: string;
  /** The SQL that makes of it what is appended. */
  readonly read: (name: string) => string;
}

const same = (name: string): string => name;

const encodings: Record<ColumnData['type'], Encoding> = {
  BLOB: { arrow: binary(), staged: 'blob', read: same },
  VARCHAR: { arrow: utf8(), staged: 'varchar', read: same },
  BIGINT: { arrow: int64(), staged: 'bigint', read: same },
  INTEGER: { arrow: int32(), staged: 'integer', read: same },
  DOUBLE: { arrow: float64(), staged: 'double', read: same },
  // flechette makes instants of milliseconds, which are no microseconds.
  TIMESTAMP: { arrow: int64(), staged: 'bigint', read: (name) => `make_timestamp(${name})` },
  HEADERS: {
    arrow: list(struct({ key: utf8(), value: binary() })),
    staged: 'struct("key" varchar, "value" blob)[]',
    read: same,
  },
};

const INT64 = 2n ** 63n;

const isInt32 = (value: number): boolean => value === (value | 0);
const isInt64 = (value: bigint): boolean => value >= -INT64 && value < INT64;

/** The first value that flechette would write as another one, or null. */
function misfit(column: ColumnData): number | bigint | null {
  if (column.type === 'INTEGER') {
    return column.values.find((value) => value !== null && !isInt32(value)) ?? null;
  }
  if (column.type === 'BIGINT' || column.type === 'TIMESTAMP') {
    return column.values.find((value) => value !== null && !isInt64(value)) ?? null;
  }
  return null;
}

function assertFits(column: ColumnData): void {
  const value = misfit(column);
  if (value === null) return;
  throw new AppError('SQL_INVALID', { problem: `${value} does not fit into ${column.type}` });
}

export interface EncodedColumns {
  readonly ipc: Uint8Array;
  readonly rows: number;
  /** The columns of a table that takes them as they are. */
  readonly definition: string;
  /** What to select from that table. */
  readonly selection: string;
}

/** Columns as one Arrow IPC stream. Throws SQL_INVALID for what their types cannot hold, or unequal lengths. */
export function encodeColumns(columns: readonly ColumnData[]): EncodedColumns {
  const rows = columns[0]?.values.length ?? 0;
  if (columns.some(({ values }) => values.length !== rows)) {
    throw new AppError('SQL_INVALID', { problem: 'columns to append differ in length' });
  }
  const made: [string, Column<unknown>][] = columns.map((column, i) => {
    assertFits(column);
    const { arrow } = encodings[column.type];
    return [`c${i}`, columnFromArray(column.values as unknown[], arrow)];
  });
  const ipc = tableToIPC(tableFromColumns(made), { format: 'stream' });
  if (ipc === null) throw new AppError('INTERNAL', { problem: 'Arrow gave no bytes' });
  return {
    ipc,
    rows,
    definition: columns.map(({ type }, i) => `c${i} ${encodings[type].staged}`).join(', '),
    selection: columns.map(({ type }, i) => encodings[type].read(`c${i}`)).join(', '),
  };
}
