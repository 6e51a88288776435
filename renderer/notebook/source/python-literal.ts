import type { InputValue } from '../../../pipeline/contract/notebook.ts';

const escapes: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  '\\': '\\',
  "'": "'",
  '"': '"',
};

function readText(text: string): string | null {
  const quote = text[0];
  if ((quote !== '"' && quote !== "'") || text.length < 2 || text.at(-1) !== quote) return null;
  let read = '';
  for (let at = 1; at < text.length - 1; at++) {
    const character = text[at] ?? '';
    if (character === quote) return null;
    if (character !== '\\') {
      read += character;
      continue;
    }
    at += 1;
    if (at >= text.length - 1) return null;
    const escaped = text[at] ?? '';
    const code = escaped === 'u' ? /^[0-9a-fA-F]{4}/.exec(text.slice(at + 1))?.[0] : undefined;
    if (code === undefined) read += escapes[escaped] ?? `\\${escaped}`;
    else {
      read += String.fromCharCode(Number.parseInt(code, 16));
      at += 4;
    }
  }
  return read;
}

/** A Python literal as an input cell assigns it: a number, a text in quotes, True or False; null for anything else. */
export function readLiteral(text: string): InputValue | null {
  const literal = text.trim();
  if (literal === 'True') return true;
  if (literal === 'False') return false;
  if (/^[+-]?(\d[\d_]*\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(literal)) {
    const number = Number(literal.replaceAll('_', ''));
    return Number.isFinite(number) ? number : null;
  }
  return readText(literal);
}

/** The literal that Python reads as the value. */
export function writeLiteral(value: InputValue): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return typeof value === 'number' ? String(value) : JSON.stringify(value);
}
