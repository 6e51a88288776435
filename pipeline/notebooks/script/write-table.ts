import {
  bool,
  type Column,
  columnFromArray,
  type DataType,
  float32,
  float64,
  int16,
  int32,
  int64,
  int8,
  nullType,
  tableFromColumns,
  tableToIPC,
  timestamp,
  TimeUnit,
  uint16,
  uint32,
  uint64,
  uint8,
  utf8,
} from '@uwdata/flechette';

/** A column as it comes out of the sandbox. */
export interface WrittenColumn {
  readonly name: string;
  readonly type: string;
  readonly values: ArrayBuffer | null;
  readonly validity: ArrayBuffer | null;
  readonly json: unknown;
}

type NumberArrayConstructor = new (buffer: ArrayBuffer) => ArrayLike<number | bigint>;

const numeric: Readonly<Record<string, readonly [NumberArrayConstructor, () => DataType]>> = {
  Int8Array: [Int8Array, int8],
  Uint8Array: [Uint8Array, uint8],
  Int16Array: [Int16Array, int16],
  Uint16Array: [Uint16Array, uint16],
  Int32Array: [Int32Array, int32],
  Uint32Array: [Uint32Array, uint32],
  Float32Array: [Float32Array, float32],
  Float64Array: [Float64Array, float64],
  BigInt64Array: [BigInt64Array, int64],
  BigUint64Array: [BigUint64Array, uint64],
};

function present<T>(values: ArrayLike<T>, validity: ArrayBuffer | null): ArrayLike<T | null> {
  if (validity === null) return values;
  const bytes = new Uint8Array(validity);
  return Array.from(values, (value, i) => (bytes[i] === 1 ? value : null));
}

function checked(name: string, values: ArrayLike<unknown>, rows: number): void {
  if (values.length === rows) return;
  throw new RangeError(`The column "${name}" has ${values.length} values for ${rows} rows.`);
}

function texts(json: unknown): (string | null)[] {
  const list: unknown[] = Array.isArray(json) ? json : [];
  return list.map((value) => (typeof value === 'string' ? value.toWellFormed() : null));
}

function valuesOf(column: WrittenColumn, rows: number): [ArrayLike<unknown>, DataType] {
  const { type, validity, json } = column;
  const values = column.values ?? new ArrayBuffer(0);
  if (type === 'text') return [texts(json), utf8()];
  if (type === 'null') return [Array.from({ length: rows }, () => null), nullType()];
  if (type === 'date') {
    const times = Array.from(new Float64Array(values), (time) =>
      Number.isNaN(time) ? null : time,
    );
    return [times, timestamp(TimeUnit.MICROSECOND, null)];
  }
  if (type === 'boolean') {
    const flags = Array.from(new Uint8Array(values), (value) => value === 1);
    return [present(flags, validity), bool()];
  }
  const found = Object.hasOwn(numeric, type) ? numeric[type] : undefined;
  if (found === undefined) throw new RangeError(`A column of type "${type}" is not known.`);
  const [Values, arrow] = found;
  return [present(new Values(values), validity), arrow()];
}

/** Columns out of the sandbox as an Arrow IPC stream. RangeError where they do not fit together. */
export function writeTable(columns: readonly WrittenColumn[], rows: number): Uint8Array {
  const entries = columns.map((column): [string, Column<unknown>] => {
    const [values, type] = valuesOf(column, rows);
    checked(column.name, values, rows);
    return [column.name, columnFromArray(values as unknown[], type)];
  });
  const ipc = tableToIPC(tableFromColumns(entries), { format: 'stream' });
  if (ipc === null) throw new RangeError('The table could not be written.');
  return ipc;
}
