import { type DuckDBConnection, DuckDBDataChunk, type DuckDBType } from '@duckdb/node-api';
import { AppError } from '../../../contract/errors.ts';
import { quotedName } from '../../sql-quoting.ts';
import { ownTable } from './notebook-database.ts';

/** A column that can write any run of its rows into a chunk. */
export interface FilledColumn {
  readonly name: string;
  readonly type: DuckDBType;
  fill(chunk: DuckDBDataChunk, index: number, from: number, to: number): void;
}

interface FilledTable {
  readonly name: string;
  readonly rows: number;
  readonly columns: readonly FilledColumn[];
}

const CHUNK_ROWS = 2048;

/** Appending is synchronous: a cancel is heard between two turns of this many chunks. */
const CHUNKS_A_TURN = 16;

async function append(
  connection: DuckDBConnection,
  { name, rows, columns }: FilledTable,
  signal: AbortSignal,
): Promise<void> {
  const appender = await connection.createAppender(name, 'main', 'memory');
  try {
    const chunk = DuckDBDataChunk.create(columns.map(({ type }) => type));
    for (let from = 0, turn = 1; from < rows; from += CHUNK_ROWS, turn++) {
      const to = Math.min(from + CHUNK_ROWS, rows);
      chunk.reset();
      chunk.rowCount = to - from;
      for (const [index, column] of columns.entries()) column.fill(chunk, index, from, to);
      appender.appendDataChunk(chunk);
      if (turn % CHUNKS_A_TURN === 0) await new Promise((resolve) => setImmediate(resolve));
      if (signal.aborted) throw new AppError('CANCELLED', { what: 'The query' });
    }
    appender.flushSync();
  } finally {
    appender.closeSync();
  }
}

/** Makes or replaces a table; what goes wrong leaves the table that was there. */
export async function replaceTable(
  connection: DuckDBConnection,
  table: FilledTable,
  signal: AbortSignal,
): Promise<void> {
  const definitions = table.columns.map(({ name, type }) => `${quotedName(name)} ${String(type)}`);
  await connection.run('begin transaction');
  try {
    await connection.run(
      `create or replace table ${ownTable(table.name)} (${definitions.join(', ')})`,
    );
    await append(connection, table, signal);
    await connection.run('commit');
  } catch (error) {
    await connection.run('rollback').catch(() => undefined);
    throw error;
  }
}
