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
import { floorDivide, isoDate, isoTimestamp, plainDecimal, plainInteger } from '../plain-values.ts';

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

const MILLISECONDS_A_DAY = 86_400_000n;

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
  if (typeof value === 'bigint') return plainInteger(value);
  if (typeof value !== 'object') return value;
  if (value instanceof DuckDBDecimalValue) return plainDecimal(value.value, value.toString());
  if (value instanceof DuckDBBlobValue) return value.bytes;
  if (value instanceof DuckDBDateValue) {
    return isoDate(BigInt(value.days) * MILLISECONDS_A_DAY);
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
