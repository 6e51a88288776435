import {
  BLOB,
  blobValue,
  BOOLEAN,
  type DuckDBType,
  type DuckDBValue,
  INTEGER,
  VARCHAR,
} from '@duckdb/node-api';
import bindings from '@duckdb/node-bindings';
import { type Column, type DataType, Type } from '@uwdata/flechette';
import { AppError } from '../../../contract/errors.ts';
import { fixedValues } from './fixed-values.ts';
import type { FilledColumn } from './replace-table.ts';

type ValueOf = (value: unknown) => DuckDBValue;

/** One value after the other: for what has no fixed width, or not the same one on both sides. */
function byValues(name: string, type: DuckDBType, column: Column<unknown>, valueOf: ValueOf) {
  return {
    name,
    type,
    fill: (chunk, index, from, to) => {
      const values: DuckDBValue[] = [];
      for (let row = from; row < to; row++) {
        const value = column.at(row);
        values.push(value === null || value === undefined ? null : valueOf(value));
      }
      chunk.setColumnValues(index, values);
    },
  } satisfies FilledColumn;
}

const texts = new Set<number>([Type.Utf8, Type.LargeUtf8, Type.Utf8View]);
const blobs = new Set<number>([
  Type.Binary,
  Type.LargeBinary,
  Type.BinaryView,
  Type.FixedSizeBinary,
]);

function simpleColumn(name: string, column: Column<unknown>, type: DataType): FilledColumn | null {
  if (type.typeId === Type.Dictionary) return simpleColumn(name, column, type.dictionary);
  if (texts.has(type.typeId)) return byValues(name, VARCHAR, column, (value) => value as string);
  if (type.typeId === Type.Bool) return byValues(name, BOOLEAN, column, (value) => value === true);
  // As `create table` has it, which knows no columns without a type.
  if (type.typeId === Type.Null) return byValues(name, INTEGER, column, () => null);
  if (blobs.has(type.typeId)) {
    return byValues(name, BLOB, column, (value) => blobValue(value as Uint8Array));
  }
  return null;
}

/** One bit a row as Arrow and DuckDB have it, set where there is a value; null where there always is one. */
function validityOf(column: Column<unknown>): Uint8Array | null {
  if (column.nullCount === 0) return null;
  const bits = new Uint8Array(Math.ceil(column.length / 64) * 8);
  let row = 0;
  for (const batch of column.data) {
    for (let i = 0; i < batch.length; i++, row++) {
      if (batch.isValid(i)) bits[row >> 3] = (bits[row >> 3] ?? 0) | (1 << (row & 7));
    }
  }
  return bits;
}

/** Whole runs of bytes at once. */
function byBytes(name: string, column: Column<unknown>): FilledColumn | null {
  const fixed = fixedValues(column);
  if (fixed === null) return null;
  const { type, bytes, width } = fixed;
  const validity = validityOf(column);
  return {
    name,
    type,
    fill: (chunk, index, from, to) => {
      const vector = bindings.data_chunk_get_vector(chunk.chunk, index);
      const at = bytes.byteOffset + from * width;
      bindings.copy_data_to_vector(vector, 0, bytes.buffer, at, (to - from) * width);
      if (validity === null) return;
      bindings.vector_ensure_validity_writable(vector);
      const count = Math.ceil((to - from) / 8);
      bindings.copy_data_to_vector_validity(
        vector,
        0,
        validity.buffer as ArrayBuffer,
        from / 8,
        count,
      );
    },
  };
}

const typeNames = new Map<number, string>(Object.entries(Type).map(([name, id]) => [id, name]));

/** An Arrow column as one of DuckDB. Throws SQL_INVALID for a type that has none here. */
export function filledColumn(name: string, column: Column<unknown>): FilledColumn {
  const filled = byBytes(name, column) ?? simpleColumn(name, column, column.type);
  if (filled !== null) return filled;
  const problem = `the column "${name}" has Arrow's type ${typeNames.get(column.type.typeId) ?? 'unknown'}, which a table here cannot hold`;
  throw new AppError('SQL_INVALID', { problem });
}
