export interface SqlToken {
  readonly kind: 'word' | 'quoted' | 'parameter' | 'string' | 'number' | 'other';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** What a name may begin with and go on with, as DuckDB's lexer has it: any byte beyond ASCII is a letter. */
const HEAD = 'A-Za-z_\\u{80}-\\u{10ffff}';
const TAIL = `${HEAD}0-9`;

const lexer = new RegExp(
  [
    String.raw`(?<blank>\s+|--[^\n\r]*)`,
    String.raw`(?<comment>/\*)`,
    String.raw`(?<string>[eE]'[^'\\]*(?:(?:\\.|'')[^'\\]*)*'|'[^']*(?:''[^']*)*')`,
    String.raw`(?<quoted>"[^"]*(?:""[^"]*)*")`,
    String.raw`(?<dollar>\$(?:[${HEAD}][${TAIL}]*)?\$)`,
    String.raw`(?<parameter>\$[${TAIL}]+)`,
    String.raw`(?<word>[${HEAD}][${TAIL}$]*)`,
    String.raw`(?<number>\.?\d\w*(?:\.\d\w*)?)`,
    String.raw`(?<other>[^])`,
  ].join('|'),
  'uy',
);

/** Block comments lie within each other. */
function afterComment(sql: string, start: number): number {
  const mark = /\/\*|\*\//g;
  mark.lastIndex = start;
  for (let depth = 0, found = mark.exec(sql); found !== null; found = mark.exec(sql)) {
    depth += found[0] === '/*' ? 1 : -1;
    if (depth === 0) return mark.lastIndex;
  }
  return sql.length;
}

const KINDS = ['word', 'quoted', 'parameter', 'string', 'number'] as const;

function kindOf(groups: Record<string, string | undefined>): SqlToken['kind'] {
  return KINDS.find((kind) => groups[kind] !== undefined) ?? 'other';
}

/** The words, names and parameters of a statement; strings are one token each, comments and blanks none. */
export function sqlTokens(sql: string): SqlToken[] {
  const tokens: SqlToken[] = [];
  for (let at = 0; at < sql.length;) {
    lexer.lastIndex = at;
    const found = lexer.exec(sql);
    if (found === null) break;
    const [text] = found;
    const groups: Record<string, string | undefined> = found.groups ?? {};
    const start = at;
    at += text.length;
    if (groups['blank'] !== undefined) continue;
    if (groups['comment'] !== undefined) {
      at = afterComment(sql, start);
      continue;
    }
    if (groups['dollar'] !== undefined) {
      const close = sql.indexOf(text, at);
      at = close < 0 ? sql.length : close + text.length;
    }
    tokens.push({ kind: kindOf(groups), text: sql.slice(start, at), start, end: at });
  }
  return tokens;
}
