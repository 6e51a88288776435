import type { DuckDBConnection } from '@duckdb/node-api';
import { AppError } from '../../../contract/errors.ts';
import { leadingWords, splitStatements } from '../locked-sql/sql-text.ts';
import type { SqlToken } from '../locked-sql/sql-text.ts';
import { readTables } from '../read-tables.ts';

const before = new Set(['from', 'join', 'pivot', 'pivot_wider', 'unpivot', 'pivot_longer']);

/** Names after FROM, JOIN or PIVOT that are not called and not CTEs. It may find too many, never too few. */
function scannedNames(tokens: readonly SqlToken[]): string[] {
  const names = new Set<string>();
  const defined = new Set<string>();
  for (let i = 0; i < tokens.length; i++) {
    const { text, kind } = tokens[i] ?? { text: '', kind: 'symbol' };
    const next = tokens[i + 1];
    if (next?.text.toLowerCase() === 'as' && tokens[i + 2]?.text === '(') defined.add(text);
    const starts = kind === 'word' && before.has(text.toLowerCase());
    if (!starts || (next?.kind !== 'word' && next?.kind !== 'name')) continue;
    let end = i + 1;
    while (tokens[end + 1]?.text === '.' && tokens[end + 2] !== undefined) end += 2;
    if (tokens[end + 1]?.text === '(') continue;
    names.add(
      tokens
        .slice(i + 1, end + 1)
        .map((token) => token.text)
        .join(''),
    );
  }
  return [...names].filter((name) => !defined.has(name)).toSorted();
}

/**
 * The tables that a query reads, as they are written in it. `empty` is connected to a database that holds nothing, so
 * that no view is looked through. What DuckDB gives no names for (a PIVOT without its values, a function it does not
 * know, whose fault is told when it runs) is read from the text.
 */
export async function readNames(sql: string, empty: DuckDBConnection): Promise<string[]> {
  const pieces = splitStatements(sql);
  const [piece] = pieces;
  if (piece === undefined || pieces.length !== 1 || leadingWords(piece).length === 0) {
    throw new AppError('SQL_INVALID', { problem: 'a cell holds one statement' });
  }
  await empty.extractStatements(piece.text);
  const names = await readTables(empty, piece.text).catch(() => []);
  return names.length > 0
    ? names
    : scannedNames(piece.tokens.filter(({ kind }) => kind !== 'other'));
}
