import { StatementType } from '@duckdb/node-api';
import type { DuckDBConnection, DuckDBPreparedStatement } from '@duckdb/node-api';
import { AppError } from '../../../contract/errors.ts';
import { explainedStatements } from '../locked-sql/explained.ts';
import { leadingWords, splitStatements } from '../locked-sql/sql-text.ts';
import type { SqlPiece } from '../locked-sql/sql-text.ts';

export interface ReadingStatement {
  readonly kind: 'rows' | 'explain';
  readonly text: string;
  /** Prepared and not run; null for a PIVOT that needs its ENUM first. */
  readonly prepared: DuckDBPreparedStatement | null;
}

/** PRAGMA and CALL would not be told from a SELECT by their type alone: DuckDB rewrites some of them. */
const firstWords = new Set([
  'select',
  'from',
  'with',
  'values',
  'table',
  'describe',
  'desc',
  'summarize',
  'show',
  'explain',
  'pivot',
  'pivot_wider',
  'unpivot',
  'pivot_longer',
]);

function forbidden(problem: string): AppError {
  return new AppError('SQL_FORBIDDEN', { problem });
}

/** DuckDB makes two statements of a PIVOT that does not list its values: an ENUM of them, then a SELECT. */
export function isPivot(piece: SqlPiece): boolean {
  return piece.tokens.some(({ kind, text }) => kind === 'word' && /^pivot(?:_wider)?$/i.test(text));
}

export function assertReads(type: StatementType): void {
  if (type === StatementType.SELECT) return;
  const name = StatementType[type].replaceAll('_', ' ');
  throw forbidden(`${name} statements cannot be used: the SQL of a notebook only reads`);
}

function onlyPiece(sql: string): SqlPiece {
  const [piece, ...others] = splitStatements(sql);
  if (piece === undefined) {
    throw new AppError('SQL_INVALID', { problem: 'there is no statement' });
  }
  if (others.length > 0) {
    throw forbidden(`a cell holds one statement, and this has ${others.length + 1}`);
  }
  return piece;
}

/**
 * The one statement of a request. DuckDB's parser says what it is, and the first word has to agree.
 * Throws SQL_FORBIDDEN for anything that does not only read, and what DuckDB throws for what it cannot parse.
 */
export async function readingStatement(
  sql: string,
  connection: DuckDBConnection,
): Promise<ReadingStatement> {
  const piece = onlyPiece(sql);
  const extracted = await connection.extractStatements(piece.text);
  const first = leadingWords(piece).find((word) => word !== '(') ?? '';
  if (!firstWords.has(first)) {
    throw forbidden(`${first.toUpperCase()} cannot be used: the SQL of a notebook only reads`);
  }
  const pivots = extracted.count === 2 && isPivot(piece);
  if (extracted.count !== 1 && !pivots) {
    throw forbidden('a cell holds one statement, and DuckDB sees several');
  }
  if (pivots) return { kind: 'rows', text: piece.text, prepared: null };
  const prepared = await extracted.prepare(0);
  const type = prepared.statementType;
  if (type !== StatementType.EXPLAIN) {
    assertReads(type);
    return { kind: 'rows', text: piece.text, prepared };
  }
  for (const explained of await explainedStatements(piece, connection)) {
    assertReads(explained.type);
  }
  return { kind: 'explain', text: piece.text, prepared };
}
