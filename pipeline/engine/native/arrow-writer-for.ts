import {
  DuckDBArrayType,
  DuckDBDecimalType,
  DuckDBListType,
  DuckDBMapType,
  DuckDBStructType,
  DuckDBTypeId,
} from '@duckdb/node-api';
import type { DuckDBType } from '@duckdb/node-api';
import {
  binary,
  dateDay,
  decimal128,
  float32,
  float64,
  int16,
  int32,
  int64,
  int8,
  timeMicrosecond,
  timeNanosecond,
  timestamp,
  TimeUnit,
  uint16,
  uint32,
  uint64,
  uint8,
  utf8,
} from '@uwdata/flechette';
import { BooleanWriter, DecimalWriter, FixedWriter, NullWriter } from './arrow-fixed-writers.ts';
import { ArrayWriter, ListWriter, StructWriter } from './arrow-nested-writers.ts';
import { StringWriter, TextWriter } from './arrow-string-writers.ts';
import type { ArrowWriter } from './arrow-writer.ts';

const simple = new Map<DuckDBTypeId, () => ArrowWriter>([
  [DuckDBTypeId.BOOLEAN, () => new BooleanWriter()],
  [DuckDBTypeId.TINYINT, () => new FixedWriter(int8(), 1)],
  [DuckDBTypeId.SMALLINT, () => new FixedWriter(int16(), 2)],
  [DuckDBTypeId.INTEGER, () => new FixedWriter(int32(), 4)],
  [DuckDBTypeId.BIGINT, () => new FixedWriter(int64(), 8)],
  [DuckDBTypeId.UTINYINT, () => new FixedWriter(uint8(), 1)],
  [DuckDBTypeId.USMALLINT, () => new FixedWriter(uint16(), 2)],
  [DuckDBTypeId.UINTEGER, () => new FixedWriter(uint32(), 4)],
  [DuckDBTypeId.UBIGINT, () => new FixedWriter(uint64(), 8)],
  // The sum of BIGINTs is a HUGEINT. One beyond 38 digits keeps its bits, though not the declared precision.
  [DuckDBTypeId.HUGEINT, () => new FixedWriter(decimal128(38, 0), 16)],
  [DuckDBTypeId.FLOAT, () => new FixedWriter(float32(), 4)],
  [DuckDBTypeId.DOUBLE, () => new FixedWriter(float64(), 8)],
  [DuckDBTypeId.VARCHAR, () => new StringWriter(utf8())],
  [DuckDBTypeId.BLOB, () => new StringWriter(binary())],
  [DuckDBTypeId.DATE, () => new FixedWriter(dateDay(), 4)],
  [DuckDBTypeId.TIME, () => new FixedWriter(timeMicrosecond(), 8)],
  [DuckDBTypeId.TIME_NS, () => new FixedWriter(timeNanosecond(), 8)],
  [DuckDBTypeId.TIMESTAMP, () => new FixedWriter(timestamp(TimeUnit.MICROSECOND), 8)],
  [DuckDBTypeId.TIMESTAMP_TZ, () => new FixedWriter(timestamp(TimeUnit.MICROSECOND, 'UTC'), 8)],
  [DuckDBTypeId.TIMESTAMP_S, () => new FixedWriter(timestamp(TimeUnit.SECOND), 8)],
  [DuckDBTypeId.TIMESTAMP_MS, () => new FixedWriter(timestamp(TimeUnit.MILLISECOND), 8)],
  [DuckDBTypeId.TIMESTAMP_NS, () => new FixedWriter(timestamp(TimeUnit.NANOSECOND), 8)],
  [DuckDBTypeId.SQLNULL, () => new NullWriter()],
]);

function decimalWriter({ width, scale }: DuckDBDecimalType): ArrowWriter {
  if (width <= 4) return new DecimalWriter(width, scale, 2);
  if (width <= 9) return new DecimalWriter(width, scale, 4);
  if (width <= 18) return new DecimalWriter(width, scale, 8);
  return new FixedWriter(decimal128(width, scale), 16);
}

/** How a DuckDB type becomes an Arrow column; what Arrow has no agreed type for becomes text. */
export function arrowWriterFor(type: DuckDBType): ArrowWriter {
  if (type instanceof DuckDBDecimalType) return decimalWriter(type);
  if (type instanceof DuckDBListType) return ListWriter.ofList(arrowWriterFor(type.valueType));
  if (type instanceof DuckDBArrayType) {
    return new ArrayWriter(arrowWriterFor(type.valueType), type.length);
  }
  if (type instanceof DuckDBMapType) {
    return ListWriter.ofMap(arrowWriterFor(type.keyType), arrowWriterFor(type.valueType));
  }
  if (type instanceof DuckDBStructType) {
    return new StructWriter(type.entryNames, type.entryTypes.map(arrowWriterFor));
  }
  return simple.get(type.typeId)?.() ?? new TextWriter(type);
}
