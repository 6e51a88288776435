import { ResultReturnType, StatementType } from '@duckdb/node-api';
import type { DuckDBConnection, DuckDBPreparedStatement, DuckDBResult } from '@duckdb/node-api';
import { AppError } from '../../../contract/errors.ts';
import { arrowStream } from '../arrow-stream.ts';
import { interruptOn } from '../locked-sql/interrupt-on.ts';
import { lockedError } from '../locked-sql/locked-error.ts';
import { assertUnchanged } from '../locked-sql/reserved-schemas.ts';
import { splitStatements } from '../locked-sql/sql-text.ts';
import type { OwnerDatabase } from './owner-database.ts';
import type { OwnerQuery } from './owner-settings.ts';
import { assertAllowed } from './statement-guard.ts';

interface OwnerRequest extends OwnerQuery {
  readonly files: string;
  readonly signal: AbortSignal;
}

/** What the statements so far have left to show. */
interface Outcome {
  result: DuckDBResult | null;
  changed: number;
  onlyRead: boolean;
}

/** The last statement's rows are streamed; those of an earlier one are kept in case nothing after it has any. */
async function execute(prepared: DuckDBPreparedStatement, last: boolean, outcome: Outcome) {
  const { statementType } = prepared;
  const streamed = last && statementType === StatementType.SELECT;
  const result = streamed ? await prepared.stream() : await prepared.run();
  if (statementType !== StatementType.SELECT) outcome.onlyRead = false;
  if (result.returnType === ResultReturnType.QUERY_RESULT) outcome.result = result;
  else outcome.changed = result.rowsChanged;
}

async function runPieces(request: OwnerRequest, connection: DuckDBConnection): Promise<Outcome> {
  const { files, signal } = request;
  const pieces = splitStatements(request.sql);
  if (pieces.length === 0) throw new AppError('SQL_INVALID', { problem: 'there is no statement' });
  const outcome: Outcome = { result: null, changed: 0, onlyRead: true };
  for (const [index, piece] of pieces.entries()) {
    const extracted = await connection.extractStatements(piece.text);
    for (let i = 0; i < extracted.count; i++) {
      const prepared = await extracted.prepare(i);
      try {
        const type = prepared.statementType;
        await assertAllowed({ type, piece, statements: extracted.count, files }, connection);
        if (signal.aborted) throw new AppError('CANCELLED', { what: 'The query' });
        const last = index === pieces.length - 1 && i === extracted.count - 1;
        await execute(prepared, last, outcome);
      } finally {
        prepared.destroySync();
      }
    }
  }
  return outcome;
}

async function* rowsOf(
  { result, changed }: Outcome,
  { limit, signal }: OwnerRequest,
  connection: DuckDBConnection,
): AsyncGenerator<Uint8Array> {
  const shown = result ?? (await connection.run(`select ${changed}::bigint as changed`));
  yield* arrowStream(shown, { ...(limit === undefined ? {} : { limit }), signal });
}

/**
 * Runs an owner's SQL in one transaction and yields the last rows as an Arrow stream.
 * Nothing is committed unless Strata's schemas still hold exactly what they held; the stream then ends with an error.
 */
export async function* runOwnerRequest(
  database: OwnerDatabase,
  query: OwnerQuery,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const { files, owner } = database.settings;
  const request = { ...query, files, signal };
  // A connection of its own, so that no temporary object outlives its request.
  const connection = await database.connect();
  const stopInterrupting = interruptOn(signal, connection);
  let open = false;
  try {
    await connection.run('begin transaction');
    open = true;
    const outcome = await runPieces(request, connection);
    yield* rowsOf(outcome, request, connection);
    if (!outcome.onlyRead) {
      assertUnchanged(database.mirror, await database.reservedNow(connection));
    }
    await connection.run('commit');
    open = false;
  } catch (error) {
    throw lockedError(error, owner);
  } finally {
    stopInterrupting();
    // What failed may have ended the transaction already.
    if (open) await connection.run('rollback').catch(() => undefined);
    connection.closeSync();
  }
}
