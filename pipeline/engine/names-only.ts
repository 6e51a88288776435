import { type SqlToken, sqlTokens } from './sql-tokens.ts';

const wordOf = (token: SqlToken | undefined): string =>
  token?.kind === 'word' ? token.text.toLowerCase() : '';

/** Where the parenthesis that opens at `open` closes, if there are names and commas only between; otherwise -1. */
function endOfNames(tokens: readonly SqlToken[], open: number): number {
  if (tokens[open]?.text !== '(') return -1;
  for (let at = open + 1; at < tokens.length; at++) {
    const token = tokens[at];
    if (token?.text === ')') return at;
    if (token?.kind !== 'word' && token?.kind !== 'quoted' && token?.text !== ',') return -1;
  }
  return -1;
}

const JOIN_KINDS: ReadonlySet<string> = new Set(['inner', 'left', 'right', 'full', 'outer']);

/** Where `natural ... join` ends. */
function endOfNatural(tokens: readonly SqlToken[], at: number): number {
  let end = at + 1;
  while (JOIN_KINDS.has(wordOf(tokens[end]))) end += 1;
  return wordOf(tokens[end]) === 'join' ? end : -1;
}

/** What replaces the tokens from `at` to `last`, if these would need to know columns. */
function replacement(
  tokens: readonly SqlToken[],
  at: number,
): { text: string; last: number } | null {
  const token = tokens[at];
  const word = wordOf(token);
  if (word === 'using') {
    const last = endOfNames(tokens, at + 1);
    return last < 0 ? null : { text: 'on true', last };
  }
  if (word === 'natural') {
    const last = endOfNatural(tokens, at);
    return last < 0 ? null : { text: 'cross join', last };
  }
  if (word === 'asof') return { text: '', last: at };
  if (
    token?.kind === 'string' &&
    tokens[at - 1]?.text === '(' &&
    wordOf(tokens[at - 2]) === 'columns'
  ) {
    return { text: '*', last: at };
  }
  return null;
}

/** Whether a number is all of what a list is ordered by here: the place of a column. */
function isPlace(tokens: readonly SqlToken[], at: number): boolean {
  const next = tokens[at + 1];
  const ends = next === undefined || next.kind === 'word' || [',', ')', ';'].includes(next.text);
  return tokens[at]?.kind === 'number' && ends;
}

/**
 * A statement that reads the same tables and needs no column of them. DuckDB's binder, when it is only asked for names,
 * has none, and refuses USING, NATURAL and ASOF joins, a column's place in ORDER BY, and COLUMNS of a pattern.
 */
export function namesOnly(sql: string): string {
  const tokens = sqlTokens(sql);
  let text = '';
  let from = 0;
  let isOrder = false;
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    if (token === undefined) break;
    const before = tokens[at - 1];
    if (wordOf(token) === 'by') isOrder = wordOf(before) === 'order';
    const isFirst = wordOf(before) === 'by' || before?.text === ',';
    const found =
      isOrder && isFirst && isPlace(tokens, at) ? { text: '1', last: at } : replacement(tokens, at);
    if (found === null) {
      if (['limit', 'from', 'select'].includes(wordOf(token))) isOrder = false;
      continue;
    }
    text += `${sql.slice(from, token.start)}${found.text}`;
    from = tokens[found.last]?.end ?? sql.length;
    at = found.last;
  }
  return text + sql.slice(from);
}
