import { type Column, Precision, tableFromIPC, Type } from '@uwdata/flechette';

/** A column on its way into the sandbox: bytes of a typed array of that name, of booleans, of milliseconds; or JSON. */
export interface ScriptColumn {
  readonly kind: string;
  readonly values?: ArrayBuffer;
  /** A byte a row, 1 where there is a value; left out where there always is one. */
  readonly validity?: ArrayBuffer;
  readonly text?: string;
}

export interface ScriptTable {
  readonly rows: number;
  readonly columns: readonly string[];
  column(index: number): ScriptColumn;
}

function validityOf(column: Column<unknown>): { validity?: ArrayBuffer } {
  if (column.nullCount === 0) return {};
  const bytes = new Uint8Array(column.length);
  let row = 0;
  for (const batch of column.data) {
    for (let i = 0; i < batch.length; i++, row++) bytes[row] = batch.isValid(i) ? 1 : 0;
  }
  return { validity: bytes.buffer };
}

function numbers(column: Column<unknown>): Float64Array<ArrayBuffer> {
  const values = new Float64Array(column.length);
  let row = 0;
  for (const value of column) values[row++] = Number(value ?? 0);
  return values;
}

/** The batches' own arrays one after the other. */
function gathered(column: Column<unknown>): { kind: string; values: ArrayBuffer } {
  const arrays = column.data.map(({ values, length }) =>
    (values as unknown as Float64Array).subarray(0, length),
  );
  const [first] = arrays;
  if (first === undefined) return { kind: 'Float64Array', values: new ArrayBuffer(0) };
  const bytes = new Uint8Array(column.length * first.BYTES_PER_ELEMENT);
  let at = 0;
  for (const { buffer, byteOffset, byteLength } of arrays) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    at += byteLength;
  }
  return { kind: first.constructor.name, values: bytes.buffer };
}

/** Whole numbers of 64 bits are numbers where all of them are exact as such, otherwise bigints. */
function wide(column: Column<unknown>): { kind: string; values: ArrayBuffer } {
  const found = gathered(column);
  const integers =
    found.kind === 'BigUint64Array'
      ? new BigUint64Array(found.values)
      : new BigInt64Array(found.values);
  const values = Float64Array.from(integers as BigInt64Array, Number);
  return values.every(Number.isSafeInteger)
    ? { kind: 'Float64Array', values: values.buffer }
    : found;
}

function plain(_: string, value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return Array.from(value as Uint8Array);
  if (typeof value !== 'bigint') return value;
  return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
}

/** Bytes of values that have one width, or null. */
function fixedColumn(column: Column<unknown>): { kind: string; values: ArrayBuffer } | null {
  const { type } = column;
  const { typeId } = type;
  if (typeId === Type.Int) return type.bitWidth === 64 ? wide(column) : gathered(column);
  if (typeId === Type.Float) {
    return type.precision === Precision.HALF
      ? { kind: 'Float64Array', values: numbers(column).buffer }
      : gathered(column);
  }
  if (typeId === Type.Decimal) return { kind: 'Float64Array', values: numbers(column).buffer };
  if (typeId === Type.Date || typeId === Type.Timestamp) {
    return { kind: 'date', values: numbers(column).buffer };
  }
  if (typeId === Type.Bool) {
    return { kind: 'boolean', values: Uint8Array.from(numbers(column)).buffer };
  }
  return null;
}

function scriptColumn(column: Column<unknown>): ScriptColumn {
  const fixed = fixedColumn(column);
  if (fixed !== null) return { ...fixed, ...validityOf(column) };
  return { kind: 'json', text: JSON.stringify(Array.from(column), plain) };
}

/** An Arrow IPC stream as scripts see it; a column is decoded when it is asked for. */
export function readScriptTable(ipc: Uint8Array): ScriptTable {
  const table = tableFromIPC(ipc.byteOffset % 8 === 0 ? ipc : ipc.slice(), { useBigInt: true });
  return {
    rows: table.numRows,
    columns: table.names,
    column: (index) => scriptColumn(table.getChildAt(index)),
  };
}
