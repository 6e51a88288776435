import type { Table } from '@uwdata/flechette';
import { AppError } from '../../contract/errors.ts';
import {
  END_BYTES,
  firstRows,
  firstStreamRows,
  hasDictionary,
  rowsOf,
  streamOfFile,
  uniqueHeader,
} from './arrow-messages.ts';
import { decodePieces } from './arrow-values.ts';
import { sqlTokens } from '../sql-tokens.ts';
import type { StatementRunner } from './statement-runner.ts';

const WRITES: ReadonlySet<string> = new Set(['insert', 'update', 'delete', 'merge', 'nextval']);

/**
 * ENUMs are dictionaries in Arrow, which the pieces of a pending query lack; a whole file has them. So what only reads
 * is run once more that way.
 */
function assertRepeatable(sql: string): void {
  const writes = sqlTokens(sql).some(
    ({ kind, text }) => kind === 'word' && WRITES.has(text.toLowerCase()),
  );
  if (!writes) return;
  const problem = 'an ENUM cannot be returned by a statement that writes; cast it to VARCHAR';
  throw new AppError('SQL_INVALID', { problem });
}

async function repeated(statements: StatementRunner, sql: string): Promise<Uint8Array> {
  return streamOfFile(await statements.wholeFile(sql));
}

/** The whole result of the last statement. */
export async function resultTable(statements: StatementRunner, sql: string): Promise<Table> {
  const pieces = await statements.collect(sql);
  const [header] = pieces;
  if (header === undefined || !hasDictionary(header)) return decodePieces(pieces);
  assertRepeatable(sql);
  return decodePieces([await repeated(statements, sql)]);
}

/** Schema and record batches as they come, the end mark left out. The statement goes no further than it is read. */
export async function* streamResult(
  statements: StatementRunner,
  sql: string,
  limit = Number.POSITIVE_INFINITY,
): AsyncGenerator<Uint8Array, void, undefined> {
  let schema: Uint8Array | undefined;
  let isWhole = true;
  let left = limit;
  for await (const piece of statements.stream(sql)) {
    if (schema === undefined) {
      schema = piece;
      isWhole = !hasDictionary(piece);
      if (!isWhole) break;
      yield uniqueHeader(piece);
      if (left <= 0) return;
      continue;
    }
    const rows = limit === Number.POSITIVE_INFINITY ? 0 : rowsOf(schema, piece);
    yield rows > left ? firstRows(schema, piece, left) : piece;
    left -= rows;
    if (left <= 0) return;
  }
  if (isWhole) return;
  assertRepeatable(sql);
  const file = await repeated(statements, sql);
  yield Number.isFinite(limit) ? firstStreamRows(file, limit) : file.subarray(0, -END_BYTES);
}
