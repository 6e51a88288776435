import { DuckDBEnumType } from '@duckdb/node-api';
import type { DuckDBConnection, DuckDBPreparedStatement } from '@duckdb/node-api';
import { joinedBytes } from '../../joined-bytes.ts';
import type { TableShape } from '../../table-engine.ts';
import { arrowStream } from '../arrow-stream.ts';
import { ownTable } from './notebook-database.ts';
import type { NotebookPiece } from './notebook-request.ts';

interface Made {
  readonly name: string;
  readonly rows: number;
  /** How many rows are read. */
  readonly first: number;
}

function columnsOf(prepared: DuckDBPreparedStatement): TableShape['columns'] {
  return Array.from({ length: prepared.columnCount }, (_, i) => {
    const type = prepared.columnType(i);
    // With its values an ENUM's name may be as long as the data.
    return {
      name: prepared.columnName(i),
      type: type instanceof DuckDBEnumType ? 'ENUM' : type.toString(),
    };
  });
}

/** One of a notebook's tables as it was just made: its rows, its columns as they stand in DuckDB's catalog, the first rows. */
export async function madeTable(
  connection: DuckDBConnection,
  { name, rows, first }: Made,
  signal: AbortSignal,
): Promise<NotebookPiece> {
  const prepared = await connection.prepare(`from ${ownTable(name)} limit ${Math.trunc(first)}`);
  try {
    const shape = { rows, columns: columnsOf(prepared) };
    if (first === 0) return { kind: 'made', shape, first: null };
    const pieces: Uint8Array[] = [];
    const result = await prepared.run();
    for await (const piece of arrowStream(result, { limit: first, signal })) pieces.push(piece);
    return { kind: 'made', shape, first: joinedBytes(pieces) };
  } finally {
    prepared.destroySync();
  }
}
