import type { DuckDBConnection } from '@duckdb/node-api';
import { AppError } from '../../../contract/errors.ts';
import { arrowStream } from '../arrow-stream.ts';
import { interruptOn } from '../locked-sql/interrupt-on.ts';
import { lockedError } from '../locked-sql/locked-error.ts';
import { createTable } from './create-table.ts';
import { insertArrow } from './insert-arrow.ts';
import { ownTable } from './notebook-database.ts';
import type { NotebookDatabase } from './notebook-database.ts';
import type { NotebookPiece, NotebookRequest } from './notebook-request.ts';
import { readNames } from './read-names.ts';
import { assertReads, readingStatement } from './reading-statement.ts';
import { tableShape } from './table-shape.ts';

function assertName(name: string): void {
  if (name !== '' && !name.includes('\0')) return;
  throw new AppError('SQL_INVALID', { problem: 'a table needs a name' });
}

async function* readRows(
  connection: DuckDBConnection,
  { sql, limit }: Extract<NotebookRequest, { kind: 'read' }>,
  signal: AbortSignal,
): AsyncGenerator<NotebookPiece> {
  const { text, kind } = await readingStatement(sql, connection);
  const extracted = await connection.extractStatements(text);
  // All but the last make the ENUM of a PIVOT, which the last one can only be prepared with.
  for (let i = 0; i < extracted.count - 1; i++) await (await extracted.prepare(i)).run();
  const prepared = await extracted.prepare(extracted.count - 1);
  if (kind === 'rows') assertReads(prepared.statementType);
  if (signal.aborted) throw new AppError('CANCELLED', { what: 'The query' });
  const result = kind === 'rows' ? await prepared.stream() : await prepared.run();
  const bounded = limit === null ? {} : { limit };
  for await (const bytes of arrowStream(result, { ...bounded, signal })) {
    yield { kind: 'rows', bytes };
  }
}

async function* answer(
  connection: DuckDBConnection,
  request: NotebookRequest,
  signal: AbortSignal,
): AsyncGenerator<NotebookPiece> {
  switch (request.kind) {
    case 'names':
      yield { kind: 'names', names: await readNames(request.sql, connection) };
      return;
    case 'create':
      assertName(request.name);
      await createTable(connection, request, signal);
      yield { kind: 'shape', shape: await tableShape(connection, request.name) };
      return;
    case 'insert':
      assertName(request.name);
      await insertArrow(connection, request, signal);
      yield { kind: 'shape', shape: await tableShape(connection, request.name) };
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
    throw lockedError(error, database.warehouse);
  } finally {
    stopInterrupting();
    connection.closeSync();
  }
}
