import { referencePattern } from './parameter-references.ts';

/** In which lexical context of SQL a `{{name}}` stands; those in comments are no places. */
export type SqlContext = 'plain' | 'text' | 'escaped text' | 'identifier' | 'dollar text';

export interface SqlPlace {
  readonly start: number;
  readonly end: number;
  readonly name: string;
  readonly context: SqlContext;
  /** Only blank space and comments are between a text's closing quote and the place: SQL would go on with that text. */
  readonly afterText: boolean;
}

export interface SqlPlaces {
  readonly places: readonly SqlPlace[];
  /** The first `{{` outside of texts that no name follows. */
  readonly odd: string | null;
}

const wordLetter = /[\w$\u0080-\uffff]/;
const dollarTag = /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y;

function pastLineComment(sql: string, start: number): number {
  const rest = /[\r\n]/g;
  rest.lastIndex = start;
  return rest.exec(sql)?.index ?? sql.length;
}

/** Comments nest, as in PostgreSQL, whose scanner DuckDB has. */
function pastBlockComment(sql: string, start: number): number {
  const marks = /\/\*|\*\//g;
  marks.lastIndex = start;
  let depth = 0;
  for (let mark = marks.exec(sql); mark !== null; mark = marks.exec(sql)) {
    depth += mark[0] === '/*' ? 1 : -1;
    if (depth === 0) return marks.lastIndex;
  }
  return sql.length;
}

/** Whether the quote at `at` begins an `e'...'`, in which a backslash escapes. */
function isEscaped(sql: string, at: number): boolean {
  let start = at;
  while (start > 0 && wordLetter.test(sql[start - 1] ?? '')) start--;
  return /^e$/i.test(sql.slice(start, at));
}

function pastQuoted(sql: string, start: number, context: SqlContext): number {
  const quote = context === 'identifier' ? '"' : "'";
  for (let at = start + 1; at < sql.length; at++) {
    if (context === 'escaped text' && sql[at] === '\\') at++;
    else if (sql[at] === quote) {
      if (sql[at + 1] !== quote) return at + 1;
      at++;
    }
  }
  return sql.length;
}

function pastDollarText(sql: string, start: number): number | null {
  if (wordLetter.test(sql[start - 1] ?? '')) return null;
  dollarTag.lastIndex = start;
  const tag = dollarTag.exec(sql)?.[0];
  if (tag === undefined) return null;
  const end = sql.indexOf(tag, start + tag.length);
  return end === -1 ? sql.length : end + tag.length;
}

interface Token {
  readonly kind: 'comment' | 'other' | SqlContext;
  readonly end: number;
}

/** The next piece of SQL whose inside is of one context. */
function nextToken(sql: string, at: number, lastText: SqlContext | null): Token {
  const two = sql.slice(at, at + 2);
  if (two === '--') return { kind: 'comment', end: pastLineComment(sql, at) };
  if (two === '/*') return { kind: 'comment', end: pastBlockComment(sql, at) };
  if (sql[at] === "'") {
    const escaped = isEscaped(sql, at) || lastText === 'escaped text';
    const kind = escaped ? 'escaped text' : 'text';
    return { kind, end: pastQuoted(sql, at, kind) };
  }
  if (sql[at] === '"') return { kind: 'identifier', end: pastQuoted(sql, at, 'identifier') };
  const dollar = sql[at] === '$' ? pastDollarText(sql, at) : null;
  if (dollar !== null) return { kind: 'dollar text', end: dollar };
  return two === '{{' ? { kind: 'plain', end: at } : { kind: 'other', end: at + 1 };
}

/** Every `{{name}}` of an SQL text that a value is to replace, in the order of the text. */
export function sqlPlaces(sql: string): SqlPlaces {
  const places: SqlPlace[] = [];
  let odd: string | null = null;
  let lastText: SqlContext | null = null;
  const whole = new RegExp(referencePattern.source, 'uy');
  for (let at = 0; at < sql.length;) {
    const { kind, end } = nextToken(sql, at, lastText);
    if (kind === 'other') {
      if (!/\s/.test(sql[at] ?? '')) lastText = null;
      at = end;
    } else if (kind === 'plain') {
      whole.lastIndex = at;
      const found = whole.exec(sql);
      if (found === null) odd ??= sql.slice(at, at + 40);
      else {
        const [{ length }, name = ''] = found;
        places.push({
          start: at,
          end: at + length,
          name,
          context: kind,
          afterText: lastText !== null,
        });
      }
      at += found?.[0].length ?? 2;
      lastText = null;
    } else {
      if (kind !== 'comment') {
        for (const { index, 0: text, 1: name = '' } of sql
          .slice(at, end)
          .matchAll(referencePattern)) {
          const start = at + index;
          places.push({ start, end: start + text.length, name, context: kind, afterText: false });
        }
        lastText = kind === 'text' || kind === 'escaped text' ? kind : null;
      }
      at = end;
    }
  }
  return { places, odd };
}
