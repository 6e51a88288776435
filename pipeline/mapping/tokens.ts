import { AppError } from '../contract/errors.ts';

export interface Token {
  readonly kind: 'number' | 'text' | 'name' | 'quoted-name' | 'symbol';
  readonly text: string;
}

const patterns: readonly [Token['kind'] | 'space', RegExp][] = [
  ['space', /\s+/y],
  ['number', /\d+(?:\.\d+)?/y],
  ['text', /'(?:[^']|'')*'/y],
  ['quoted-name', /`[^`]+`/y],
  // A dot reaches into a nested record: customer.id
  ['name', /[\p{L}_$][\p{L}\p{N}_$]*(?:\.[\p{L}_$][\p{L}\p{N}_$]*)*/uy],
  ['symbol', /<>|!=|<=|>=|[-+*/=<>(),]/y],
];

function token(kind: Token['kind'], found: string): Token {
  switch (kind) {
    case 'text':
      return { kind, text: found.slice(1, -1).replaceAll("''", "'") };
    case 'quoted-name':
      return { kind, text: found.slice(1, -1) };
    case 'symbol':
      return { kind, text: found === '!=' ? '<>' : found };
    case 'number':
    case 'name':
      return { kind, text: found };
  }
}

export function tokenise(source: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < source.length) {
    const before = at;
    for (const [kind, pattern] of patterns) {
      pattern.lastIndex = at;
      const found = pattern.exec(source)?.[0];
      if (found === undefined) continue;
      if (kind !== 'space') tokens.push(token(kind, found));
      at += found.length;
      break;
    }
    if (at === before) {
      throw new AppError('EXPRESSION_INVALID', {
        expression: source,
        problem: `the character "${source.slice(at, at + 1)}" is not understood`,
      });
    }
  }
  return tokens;
}
