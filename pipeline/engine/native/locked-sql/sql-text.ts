export interface SqlToken {
  /** `other` is what a plain statement has no need of: comments, escape and dollar strings. */
  readonly kind: 'word' | 'name' | 'string' | 'symbol' | 'other';
  readonly text: string;
  readonly start: number;
}

/** One statement as it stands between semicolons. */
export interface SqlPiece {
  readonly text: string;
  readonly tokens: readonly SqlToken[];
}

const patterns: readonly [kind: SqlToken['kind'] | 'space', pattern: RegExp][] = [
  ['space', /\s+/y],
  ['other', /--[^\n\r]*/y],
  // E'...' takes backslashes; b, n, x and the dollar forms do not.
  ['other', /[eE]'(?:[^'\\]|\\[\s\S]|'')*'?/y],
  ['other', /[bBnNxX]'(?:[^']|'')*'?/y],
  ['other', /\$([A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$[\s\S]*?(?:\$\1\$|$(?![\s\S]))/y],
  ['word', /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y],
  ['string', /'(?:[^']|'')*'?/y],
  ['name', /"(?:[^"]|"")*"?/y],
  ['symbol', /[\s\S]/y],
];

/** Comments nest, as in Postgres. */
function commentEnd(sql: string, start: number): number {
  let depth = 0;
  for (let i = start; i < sql.length; i++) {
    if (sql.startsWith('/*', i)) {
      depth++;
      i++;
    } else if (sql.startsWith('*/', i)) {
      depth--;
      i++;
      if (depth === 0) return i + 1;
    }
  }
  return sql.length;
}

function tokenAt(sql: string, start: number): { kind: SqlToken['kind'] | 'space'; end: number } {
  if (sql.startsWith('/*', start)) return { kind: 'other', end: commentEnd(sql, start) };
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = start;
    if (pattern.test(sql)) return { kind, end: pattern.lastIndex };
  }
  return { kind: 'symbol', end: start + 1 };
}

function isComment({ kind, text }: SqlToken): boolean {
  return kind === 'other' && (text.startsWith('--') || text.startsWith('/*'));
}

/** The text and tokens from a place in a piece to its end. */
export function pieceFrom(piece: SqlPiece, start: number): SqlPiece {
  return {
    text: piece.text.slice(start),
    tokens: piece.tokens
      .filter((token) => token.start >= start)
      .map(({ kind, text, start: at }) => ({ kind, text, start: at - start })),
  };
}

/**
 * Cuts SQL at its semicolons. DuckDB's own parser has the last word: where the two disagree,
 * a piece parses to something else than it looks like, and the guard refuses it.
 */
export function splitStatements(sql: string): SqlPiece[] {
  const pieces: SqlPiece[] = [];
  let tokens: SqlToken[] = [];
  let start = 0;
  for (let at = 0; at <= sql.length;) {
    const { kind, end } =
      at === sql.length ? { kind: 'end' as const, end: at + 1 } : tokenAt(sql, at);
    const text = sql.slice(at, end);
    if (kind === 'end' || (kind === 'symbol' && text === ';')) {
      if (!tokens.every(isComment)) pieces.push({ text: sql.slice(start, at), tokens });
      tokens = [];
      start = end;
    } else if (kind !== 'space') {
      tokens.push({ kind, text, start: at - start });
    }
    at = end;
  }
  return pieces;
}

/** A piece's words and symbols in lower case, comments left out. */
export function leadingWords(piece: SqlPiece): string[] {
  return piece.tokens.filter((token) => !isComment(token)).map(({ text }) => text.toLowerCase());
}
