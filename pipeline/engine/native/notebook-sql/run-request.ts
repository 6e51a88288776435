import type { DuckDBConnection, DuckDBPreparedStatement } from '@duckdb/node-api';
import { AppError } from '../../../contract/errors.ts';
import { joinedBytes } from '../../joined-bytes.ts';
import { arrowStream } from '../arrow-stream.ts';
import { interruptOn } from '../locked-sql/interrupt-on.ts';
import { lockedError } from '../locked-sql/locked-error.ts';
import { createTable } from './create-table.ts';
import { insertArrow } from './insert-arrow.ts';
import { madeTable } from './made-table.ts';
import { ownTable } from './notebook-database.ts';
import type { NotebookDatabase } from './notebook-database.ts';
import type { NotebookPiece, NotebookRequest } from './notebook-request.ts';
import { readNames } from './read-names.ts';
import { assertReads, readingStatement } from './reading-statement.ts';

/** So many bytes of a stream go as one message: a small result is no more than that. */
const MESSAGE_BYTES = 256 * 1024;

async function* together(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let waiting: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of pieces) {
    waiting.push(piece);
    bytes += piece.length;
    if (bytes < MESSAGE_BYTES) continue;
    yield joinedBytes(waiting);
    waiting = [];
    bytes = 0;
  }
  if (bytes > 0) yield joinedBytes(waiting);
}

function assertName(name: string): void {
  if (name !== '' && !name.includes('\0')) return;
  throw new AppError('SQL_INVALID', { problem: 'a table needs a name' });
}

/** All but the last statement make the ENUM of a PIVOT, which the last one can only be prepared with. */
async function preparedPivot(
  connection: DuckDBConnection,
  text: string,
): Promise<DuckDBPreparedStatement> {
  const extracted = await connection.extractStatements(text);
  for (let i = 0; i < extracted.count - 1; i++) await (await extracted.prepare(i)).run();
  const prepared = await extracted.prepare(extracted.count - 1);
  assertReads(prepared.statementType);
  return prepared;
}

async function* readRows(
  connection: DuckDBConnection,
  { sql, limit }: Extract<NotebookRequest, { kind: 'read' }>,
  signal: AbortSignal,
): AsyncGenerator<NotebookPiece> {
  const reading = await readingStatement(sql, connection);
  const prepared = reading.prepared ?? (await preparedPivot(connection, reading.text));
  if (signal.aborted) throw new AppError('CANCELLED', { what: 'The query' });
  const result = reading.kind === 'rows' ? await prepared.stream() : await prepared.run();
  const bounded = limit === null ? {} : { limit };
  for await (const bytes of together(arrowStream(result, { ...bounded, signal }))) {
    yield { kind: 'rows', bytes };
  }
}

async function* answer(
  connection: DuckDBConnection,
  request: NotebookRequest,
  signal: AbortSignal,
): AsyncGenerator<NotebookPiece> {
  let rows: number;
  switch (request.kind) {
    case 'names':
      yield { kind: 'names', names: await readNames(request.sql, connection) };
      return;
    case 'create':
      assertName(request.name);
      rows = await createTable(connection, request, signal);
      yield await madeTable(connection, { ...request, rows }, signal);
      return;
    case 'insert':
      assertName(request.name);
      rows = await insertArrow(connection, request, signal);
      yield await madeTable(connection, { ...request, rows, first: 0 }, signal);
      return;
    case 'drop':
      await connection.run(`drop table if exists ${ownTable(request.name)}`);
      return;
    case 'read':
      yield* readRows(connection, request, signal);
      return;
  }
}

/** Answers one request on a connection of its own, so that no temporary object outlives it. */
export async function* runNotebookRequest(
  database: NotebookDatabase,
  request: NotebookRequest,
  signal: AbortSignal,
): AsyncGenerator<NotebookPiece> {
  const connection =
    request.kind === 'names' ? await database.connectToNothing() : await database.connect();
  const stopInterrupting = interruptOn(signal, connection);
  try {
    yield* answer(connection, request, signal);
  } catch (error) {
    throw lockedError(error, database.warehouse, database.spillLimit);
  } finally {
    stopInterrupting();
    connection.closeSync();
  }
}
