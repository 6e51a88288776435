import type { DuckDBConnection, StatementType } from '@duckdb/node-api';
import { AppError } from '../../../contract/errors.ts';
import { pieceFrom } from './sql-text.ts';
import type { SqlPiece } from './sql-text.ts';

export interface ExplainedStatement {
  readonly type: StatementType;
  readonly piece: SqlPiece;
  readonly statements: number;
}

function forbidden(problem: string): AppError {
  return new AppError('SQL_FORBIDDEN', { problem });
}

/** The two readings of what follows EXPLAIN: `(select 1)` and `(analyze) select 1` begin alike. */
function readings(piece: SqlPiece): SqlPiece[] {
  const tokens = piece.tokens.filter(({ kind }) => kind !== 'other');
  if (tokens[0]?.text.toLowerCase() !== 'explain') {
    throw forbidden('EXPLAIN has to stand at the start of its statement');
  }
  const second = tokens[1]?.text.toLowerCase();
  const rest = tokens[second === 'analyze' || second === 'verbose' ? 2 : 1];
  if (rest === undefined) return [];
  const options = rest.text === '(' ? tokens.findIndex(({ text }) => text === ')') + 1 : 0;
  const afterOptions = options > 0 ? tokens[options] : undefined;
  return [rest, ...(afterOptions === undefined ? [] : [afterOptions])].map(({ start }) =>
    pieceFrom(piece, start),
  );
}

/** The statements that a piece explains. EXPLAIN ANALYZE runs them, so they have to pass by themselves. */
export async function explainedStatements(
  piece: SqlPiece,
  connection: DuckDBConnection,
): Promise<ExplainedStatement[]> {
  const candidates = readings(piece);
  if (candidates.length === 0) return [];
  for (const candidate of candidates) {
    const extracted = await connection.extractStatements(candidate.text).catch(() => null);
    if (extracted === null) continue;
    const found: ExplainedStatement[] = [];
    for (let i = 0; i < extracted.count; i++) {
      const prepared = await extracted.prepare(i);
      const type = prepared.statementType;
      prepared.destroySync();
      found.push({ type, piece: candidate, statements: extracted.count });
    }
    return found;
  }
  throw forbidden('what EXPLAIN explains could not be made out');
}
