import {
  BIGINT,
  DATE,
  DECIMAL,
  DOUBLE,
  type DuckDBType,
  FLOAT,
  INTEGER,
  SMALLINT,
  TIME,
  TIMESTAMP,
  TIMESTAMP_MS,
  TIMESTAMP_NS,
  TIMESTAMP_S,
  TIMESTAMPTZ,
  TINYINT,
  UBIGINT,
  UINTEGER,
  USMALLINT,
  UTINYINT,
} from '@duckdb/node-api';
import {
  type Column,
  DateUnit,
  type DecimalType,
  Precision,
  TimeUnit,
  Type,
} from '@uwdata/flechette';

/** Values one after the other as DuckDB keeps them; what stands where one is missing means nothing. */
export interface FixedValues {
  readonly type: DuckDBType;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly width: number;
}

const integers: Readonly<Record<number, readonly [signed: DuckDBType, unsigned: DuckDBType]>> = {
  8: [TINYINT, UTINYINT],
  16: [SMALLINT, USMALLINT],
  32: [INTEGER, UINTEGER],
  64: [BIGINT, UBIGINT],
};

const MS_A_DAY = 86_400_000n;

/** The bytes of all batches together. */
function gathered(column: Column<unknown>, width: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(column.length * width);
  let at = 0;
  for (const { values, length } of column.data) {
    const { buffer, byteOffset } = values as unknown as Uint8Array;
    bytes.set(new Uint8Array(buffer, byteOffset, length * width), at);
    at += length * width;
  }
  return bytes;
}

function plain(column: Column<unknown>, type: DuckDBType, width: number): FixedValues {
  return { type, bytes: gathered(column, width), width };
}

/** 64-bit numbers with another meaning, such as microseconds for nanoseconds. */
function converted(
  column: Column<unknown>,
  type: DuckDBType,
  change: (value: bigint) => bigint,
): FixedValues {
  const bytes = gathered(column, 8);
  const values = new BigInt64Array(bytes.buffer);
  for (let i = 0; i < values.length; i++) values[i] = change(values[i] ?? 0n);
  return { type, bytes, width: 8 };
}

function floored(value: bigint, divisor: bigint): bigint {
  const quotient = value / divisor;
  return value % divisor < 0n ? quotient - 1n : quotient;
}

function dates(column: Column<unknown>, unit: number): FixedValues {
  if (unit === DateUnit.DAY) return plain(column, DATE, 4);
  const { bytes } = converted(column, DATE, (ms) => floored(ms, MS_A_DAY));
  const days = Int32Array.from(new BigInt64Array(bytes.buffer), Number);
  return { type: DATE, bytes: new Uint8Array(days.buffer), width: 4 };
}

const instants: Readonly<Record<number, DuckDBType>> = {
  [TimeUnit.SECOND]: TIMESTAMP_S,
  [TimeUnit.MILLISECOND]: TIMESTAMP_MS,
  [TimeUnit.MICROSECOND]: TIMESTAMP,
  [TimeUnit.NANOSECOND]: TIMESTAMP_NS,
};

const toMicros: Readonly<Record<number, (value: bigint) => bigint>> = {
  [TimeUnit.SECOND]: (value) => value * 1_000_000n,
  [TimeUnit.MILLISECOND]: (value) => value * 1000n,
  [TimeUnit.MICROSECOND]: (value) => value,
  [TimeUnit.NANOSECOND]: (value) => floored(value, 1000n),
};

function times(column: Column<unknown>, unit: number): FixedValues {
  const change = toMicros[unit] ?? ((value: bigint) => value);
  if (unit === TimeUnit.MICROSECOND || unit === TimeUnit.NANOSECOND) {
    return converted(column, TIME, change);
  }
  const narrow = new Int32Array(gathered(column, 4).buffer);
  const micros = BigInt64Array.from(narrow, (value) => change(BigInt(value)));
  return { type: TIME, bytes: new Uint8Array(micros.buffer), width: 8 };
}

/** DuckDB keeps a DECIMAL in 2, 4, 8 or 16 bytes by its width, Arrow in those that its type names. */
function decimals(column: Column<unknown>, { precision, scale, bitWidth }: DecimalType) {
  if (precision > 38 || bitWidth > 128) return null;
  const type = DECIMAL(precision, scale);
  const from = bitWidth / 8;
  const to = precision <= 4 ? 2 : precision <= 9 ? 4 : precision <= 18 ? 8 : 16;
  const source = gathered(column, from);
  if (from === to) return { type, bytes: source, width: to };
  if (from < to) return null;
  // Two's complement, low bytes first: the narrower number is the beginning of the wider.
  const bytes = new Uint8Array(column.length * to);
  for (let row = 0; row < column.length; row++) {
    for (let i = 0; i < to; i++) bytes[row * to + i] = source[row * from + i] ?? 0;
  }
  return { type, bytes, width: to };
}

function floats(column: Column<unknown>, precision: number): FixedValues {
  if (precision === Precision.DOUBLE) return plain(column, DOUBLE, 8);
  if (precision === Precision.SINGLE) return plain(column, FLOAT, 4);
  const values = Float32Array.from(column, (value) => Number(value ?? 0));
  return { type: FLOAT, bytes: new Uint8Array(values.buffer), width: 4 };
}

function timestamps(column: Column<unknown>, unit: number, zone: string | null): FixedValues {
  if (zone === null || zone === '') return plain(column, instants[unit] ?? TIMESTAMP, 8);
  return converted(column, TIMESTAMPTZ, toMicros[unit] ?? ((value) => value));
}

/** A column whose values have one width, as DuckDB keeps them; null for other types. */
export function fixedValues(column: Column<unknown>): FixedValues | null {
  const { type } = column;
  const { typeId } = type;
  if (typeId === Type.Int) {
    const found = integers[type.bitWidth]?.[type.signed ? 0 : 1];
    return found === undefined ? null : plain(column, found, type.bitWidth / 8);
  }
  if (typeId === Type.Float) return floats(column, type.precision);
  if (typeId === Type.Date) return dates(column, type.unit);
  if (typeId === Type.Time) return times(column, type.unit);
  if (typeId === Type.Timestamp) return timestamps(column, type.unit, type.timezone ?? null);
  if (typeId === Type.Decimal) return decimals(column, type);
  return null;
}
