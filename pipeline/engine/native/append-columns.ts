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

function slice(column: ColumnData, from: number, to: number): readonly DuckDBValue[] {
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
    case 'VARCHAR':
    case 'BIGINT':
    case 'INTEGER':
    case 'DOUBLE':
      return column.values.slice(from, to);
  }
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
        chunk.setColumnValues(index, slice(column, from, to));
      }
      appender.appendDataChunk(chunk);
      if (turn % CHUNKS_A_TURN === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    appender.flushSync();
  } finally {
    appender.closeSync();
  }
}
