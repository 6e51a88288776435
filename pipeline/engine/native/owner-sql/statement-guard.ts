import { StatementType } from '@duckdb/node-api';
import type { DuckDBConnection } from '@duckdb/node-api';
import { AppError } from '../../../contract/errors.ts';
import { explainedStatements } from '../locked-sql/explained.ts';
import { leadingWords } from '../locked-sql/sql-text.ts';
import type { SqlPiece, SqlToken } from '../locked-sql/sql-text.ts';
import { isOwnFile } from './own-file.ts';

const allowed = new Set<StatementType>([
  StatementType.SELECT,
  StatementType.INSERT,
  StatementType.UPDATE,
  StatementType.DELETE,
  StatementType.MERGE_INTO,
  StatementType.CREATE,
  StatementType.CREATE_FUNC,
  StatementType.DROP,
  StatementType.ALTER,
  StatementType.EXPLAIN,
  StatementType.COPY,
]);

/** Statements that come from one piece: PIVOT makes two, what looks like one but is several is suspect. */
export interface Guarded {
  readonly type: StatementType;
  readonly piece: SqlPiece;
  readonly statements: number;
  readonly files: string;
}

function forbidden(problem: string): AppError {
  return new AppError('SQL_FORBIDDEN', { problem });
}

/** Options that build file names of their own, past the one that is checked. */
const namingOptions = new Set(['filename_pattern', 'file_extension', 'partition_by']);

/**
 * COPY is the one statement that writes files, and DuckDB lets it write the files of its own databases,
 * so its file is read from the text: a plain string after the only TO or FROM outside parentheses.
 */
function assertCopiesOwnFile({ piece, statements, files }: Guarded): void {
  const { tokens } = piece;
  if (statements !== 1 || tokens[0]?.text.toLowerCase() !== 'copy') {
    throw forbidden('COPY has to stand alone between semicolons');
  }
  if (tokens.some(({ kind }) => kind === 'other')) {
    throw forbidden('COPY takes no comments, escape strings or dollar quotes here');
  }
  const target = copyTarget(tokens);
  if (target === null || !isOwnFile(target, files)) {
    throw forbidden(`COPY reads and writes files within ${files} only, named by a plain 'string'`);
  }
  const option = tokens.find(({ text }) =>
    namingOptions.has(text.toLowerCase().replaceAll('"', '')),
  );
  if (option !== undefined) throw forbidden(`COPY may not use ${option.text} here`);
}

function copyTarget(tokens: readonly SqlToken[]): string | null {
  const targets: (SqlToken | undefined)[] = [];
  let depth = 0;
  for (const [index, { kind, text }] of tokens.entries()) {
    if (text === '(') depth++;
    if (text === ')') depth--;
    if (depth === 0 && kind === 'word' && /^(?:to|from)$/i.test(text)) {
      // Two strings in a row are one to the parser.
      targets.push(tokens[index + 2]?.kind === 'string' ? undefined : tokens[index + 1]);
    }
  }
  const [target] = targets;
  if (targets.length !== 1 || target?.kind !== 'string') return null;
  return target.text.slice(1, -1).replaceAll("''", "'");
}

/** Throws SQL_FORBIDDEN for a statement that is not on the list of what an owner may run. */
export async function assertAllowed(guarded: Guarded, connection: DuckDBConnection): Promise<void> {
  const { type, piece, files } = guarded;
  if (!allowed.has(type)) {
    throw forbidden(`${StatementType[type].replaceAll('_', ' ')} statements cannot be used`);
  }
  if (type === StatementType.COPY) assertCopiesOwnFile(guarded);
  if (type === StatementType.EXPLAIN) {
    for (const explained of await explainedStatements(piece, connection)) {
      await assertAllowed({ ...explained, files }, connection);
    }
  }
  const [first = '', ...others] = leadingWords(piece);
  const modifiers = new Set(['or', 'replace', 'persistent', 'temporary', 'temp']);
  const object = others.find((word) => !modifiers.has(word));
  if ((first === 'create' || first === 'drop') && object === 'secret') {
    throw forbidden('secrets are not kept in the database');
  }
  if (first === 'alter' && object === 'database') {
    throw forbidden('databases keep their names, and a rename could not be rolled back');
  }
}
