import {
  BIGINT,
  BLOB,
  blobValue,
  DOUBLE,
  type DuckDBConnection,
  DuckDBDataChunk,
  type DuckDBType,
  type DuckDBValue,
  INTEGER,
  LIST,
  listValue,
  STRUCT,
  structValue,
  TIMESTAMP,
  timestampValue,
  VARCHAR,
} from '@duckdb/node-api';
import bindings from '@duckdb/node-bindings';
import type { ColumnData } from '../engine.ts';

const types: Record<ColumnData['type'], DuckDBType> = {
  BLOB,
  VARCHAR,
  BIGINT,
  INTEGER,
  DOUBLE,
  TIMESTAMP,
  HEADERS: LIST(STRUCT({ key: VARCHAR, value: BLOB })),
};

interface Part {
  readonly column: ColumnData;
  readonly from: number;
  readonly to: number;
}

function slice({ column, from, to }: Part): readonly DuckDBValue[] {
  switch (column.type) {
    case 'BLOB':
      return column.values
        .slice(from, to)
        .map((bytes) => (bytes === null ? null : blobValue(bytes)));
    case 'TIMESTAMP':
      return column.values
        .slice(from, to)
        .map((micros) => (micros === null ? null : timestampValue(micros)));
    case 'HEADERS':
      return column.values
        .slice(from, to)
        .map((headers) =>
          headers === null
            ? null
            : listValue(
                headers.map(({ key, value }) =>
                  structValue({ key, value: value === null ? null : blobValue(value) }),
                ),
              ),
        );
    case 'INTEGER':
    case 'DOUBLE':
      return Array.from(column.values.slice(from, to));
    case 'VARCHAR':
    case 'BIGINT':
      return column.values.slice(from, to);
  }
}

/** Numbers that lie as DuckDB has them are copied as they are. */
function fill(chunk: DuckDBDataChunk, index: number, part: Part): void {
  const { column, from, to } = part;
  const { values } = column;
  if (!(values instanceof Float64Array || values instanceof Int32Array)) {
    chunk.setColumnValues(index, slice(part));
    return;
  }
  const width = values.BYTES_PER_ELEMENT;
  bindings.copy_data_to_vector(
    bindings.data_chunk_get_vector(chunk.chunk, index),
    0,
    values.buffer as ArrayBuffer,
    values.byteOffset + from * width,
    (to - from) * width,
  );
}

/** Rows of this many chunks are handed over between two turns of the event loop: appending itself is synchronous. */
const CHUNKS_A_TURN = 8;

export async function appendColumns(
  connection: DuckDBConnection,
  input: { table: string; columns: readonly ColumnData[]; chunkRows: number },
): Promise<void> {
  const { table, columns, chunkRows } = input;
  const rows = columns[0]?.values.length ?? 0;
  if (columns.some((column) => column.values.length !== rows)) {
    throw new RangeError('columns to append differ in length');
  }
  const [schema, name] = table.includes('.') ? table.split('.', 2) : [null, table];
  const appender = await connection.createAppender(name ?? table, schema ?? null);
  try {
    const chunk = DuckDBDataChunk.create(columns.map((column) => types[column.type]));
    for (let from = 0, turn = 1; from < rows; from += chunkRows, turn++) {
      const to = Math.min(from + chunkRows, rows);
      chunk.reset();
      chunk.rowCount = to - from;
      for (const [index, column] of columns.entries()) {
        fill(chunk, index, { column, from, to });
      }
      appender.appendDataChunk(chunk);
      if (turn % CHUNKS_A_TURN === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    appender.flushSync();
  } finally {
    appender.closeSync();
  }
}
