import {
  BIGINT,
  blobValue,
  DuckDBArrayValue,
  DuckDBBlobValue,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBListValue,
  DuckDBMapValue,
  DuckDBStructValue,
  DuckDBTimestampMillisecondsValue,
  DuckDBTimestampNanosecondsValue,
  DuckDBTimestampSecondsValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  type DuckDBType,
  type DuckDBValue,
} from '@duckdb/node-api';
import type { SqlParameters, SqlValue } from '../engine.ts';

type Bound = [values?: Record<string, DuckDBValue>, types?: Record<string, DuckDBType | undefined>];

export function bindParameters(parameters: SqlParameters | undefined): Bound {
  if (parameters === undefined) return [];
  const values: Record<string, DuckDBValue> = {};
  const types: Record<string, DuckDBType | undefined> = {};
  for (const [name, value] of Object.entries(parameters)) {
    values[name] = value instanceof Uint8Array ? blobValue(value) : value;
    types[name] = typeof value === 'bigint' ? BIGINT : undefined;
  }
  return [values, types];
}

const MICROS_A_DAY = 86_400_000_000n;

/** Rounds down before 1970, too, where BigInt's own division rounds up. */
function floorDivide(value: bigint, divisor: bigint): bigint {
  return (value - (((value % divisor) + divisor) % divisor)) / divisor;
}

function isoTimestamp(micros: bigint): string {
  const milliseconds = Number(floorDivide(micros, 1000n));
  if (Math.abs(milliseconds) > 8.64e15) return micros > 0n ? 'infinity' : '-infinity';
  const text = new Date(milliseconds).toISOString();
  return text.endsWith('.000Z') ? text.replace('.000Z', 'Z') : text;
}

function integer(value: bigint): number | bigint {
  return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER)
    ? Number(value)
    : value;
}

/** Every decimal of 15 digits survives a double; of those with more some come back as their neighbour. */
const SAFE_DECIMAL = 10n ** 15n;

/** A DECIMAL as a number where a double carries it to the last digit, otherwise as its text. */
function decimal(value: DuckDBDecimalValue): number | string {
  const safe = value.value > -SAFE_DECIMAL && value.value < SAFE_DECIMAL;
  return safe ? Number(value.toString()) : value.toString();
}

function nested(value: DuckDBValue): SqlValue {
  if (value instanceof DuckDBListValue || value instanceof DuckDBArrayValue) {
    return value.items.map(fromDuckDB);
  }
  if (value instanceof DuckDBStructValue) {
    return Object.fromEntries(
      Object.entries(value.entries).map(([key, item]) => [key, fromDuckDB(item)]),
    );
  }
  if (value instanceof DuckDBMapValue) {
    return value.entries.map(({ key, value: item }) => [fromDuckDB(key), fromDuckDB(item)]);
  }
  return String(value);
}

/** What JavaScript sees of a DuckDB value; times are ISO 8601 in UTC, dates YYYY-MM-DD. */
export function fromDuckDB(value: DuckDBValue): SqlValue {
  if (value === null) return null;
  if (typeof value === 'bigint') return integer(value);
  if (typeof value !== 'object') return value;
  if (value instanceof DuckDBDecimalValue) return decimal(value);
  if (value instanceof DuckDBBlobValue) return value.bytes;
  if (value instanceof DuckDBDateValue) {
    return isoTimestamp(BigInt(value.days) * MICROS_A_DAY).replace(/T.*/, '');
  }
  if (value instanceof DuckDBTimestampValue || value instanceof DuckDBTimestampTZValue) {
    return isoTimestamp(value.micros);
  }
  if (value instanceof DuckDBTimestampSecondsValue) return isoTimestamp(value.seconds * 1_000_000n);
  if (value instanceof DuckDBTimestampMillisecondsValue) return isoTimestamp(value.millis * 1000n);
  if (value instanceof DuckDBTimestampNanosecondsValue)
    return isoTimestamp(floorDivide(value.nanos, 1000n));
  return nested(value);
}
