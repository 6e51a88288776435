import type { InputValue } from '../../contract/notebook.ts';
import { quoted } from './nearest.ts';

export type ReadLiteral =
  /** `end` is just past the literal. */
  | { readonly kind: 'value'; readonly value: InputValue; readonly end: number }
  | { readonly kind: 'problem'; readonly problem: string };

const number =
  /[+-]?\s*(?:0[xX](?:_?[\da-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|(?:\d(?:_?\d)*\.?(?:\d(?:_?\d)*)?|\.\d(?:_?\d)*)(?:[eE][+-]?\d(?:_?\d)*)?)/y;
const text = /([rRuU]?)('(?:[^'\\\r\n]|\\[^])*'|"(?:[^"\\\r\n]|\\[^])*")/y;
const escape = /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-7]{1,3})|(\r\n|[^]))/g;

const letters: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  v: '\v',
  a: '\u0007',
  '\\': '\\',
  "'": "'",
  '"': '"',
  // A backslash at the end of a line joins it with the next.
  '\n': '',
  '\r': '',
  '\r\n': '',
};

const problem = (sentence: string): ReadLiteral => ({ kind: 'problem', problem: sentence });

function readNumber(source: string, from: number): ReadLiteral {
  const written = source.slice(from, number.lastIndex);
  const end = number.lastIndex;
  const plain = written.replaceAll(/[\s_]/g, '');
  const sign = plain.startsWith('-') ? -1 : 1;
  const digits = plain.replace(/^[+-]/, '');
  if (/^0\d/.test(digits) && /^\d+$/.test(digits) && !/^0+$/.test(digits))
    return problem(`${quoted(written)} begins with 0, which Python does not take.`);
  const value = sign * Number(digits);
  if (!Number.isFinite(value)) return problem(`${quoted(written)} is too large for a number.`);
  if (!/[.eE]/.test(digits.replace(/^0[xX].*/, '')) && !Number.isSafeInteger(value))
    return problem(`${quoted(written)} is too large to be held exactly.`);
  return { kind: 'value', value: value === 0 ? 0 : value, end };
}

function unescape(body: string): ReadLiteral & { readonly end?: number } {
  let fault: string | null = null;
  const value = body.replaceAll(escape, (...found: (string | undefined)[]) => {
    const [whole = '', x, u, long, octal, letter = ''] = found;
    const hex = x ?? u ?? long;
    const code = hex === undefined ? Number.parseInt(octal ?? '', 8) : Number.parseInt(hex, 16);
    if (Number.isNaN(code)) {
      if ('xuUN'.includes(letter)) fault ??= whole;
      return Object.hasOwn(letters, letter) ? (letters[letter] ?? '') : whole;
    }
    if (code > 0x10ffff) fault ??= whole;
    return code > 0x10ffff ? '' : String.fromCodePoint(code);
  });
  if (fault !== null) return problem(`the escape ${quoted(fault)} in its text cannot be read.`);
  return { kind: 'value', value, end: 0 };
}

function readText(source: string, from: number): ReadLiteral {
  text.lastIndex = from;
  const found = text.exec(source);
  if (found === null) return problem('its text has no closing quote on the same line.');
  const [whole, prefix = '', literal = ''] = found;
  const end = from + whole.length;
  if (literal.length === 2 && source[end] === literal[0])
    return problem('a text in triple quotes cannot be read here; write it in one line of quotes.');
  const body = literal.slice(1, -1);
  if (/[rR]/.test(prefix)) return { kind: 'value', value: body, end };
  const read = unescape(body);
  return read.kind === 'problem' ? read : { ...read, end };
}

/** The literal of Python at a place: a whole number, a decimal one, a text in quotes, True or False. */
export function readLiteral(source: string, from: number): ReadLiteral {
  const word = /[A-Za-z_]*/y;
  word.lastIndex = from;
  const start = word.exec(source)?.[0] ?? '';
  if (start === 'True' || start === 'False')
    return { kind: 'value', value: start === 'True', end: from + start.length };
  if (start === 'true' || start === 'false')
    return problem(`Python writes ${start === 'true' ? 'True' : 'False'} with a capital letter.`);
  if (start === 'None') return problem('None is no value of an input; write a number or a text.');
  const next = source[from + start.length];
  if ((next === "'" || next === '"') && start.length <= 2) {
    if (/^[rRuU]?$/.test(start)) return readText(source, from);
    return problem(`a text that begins with ${quoted(start + next)} cannot be read here.`);
  }
  number.lastIndex = from;
  if (number.test(source)) return readNumber(source, from);
  const rest =
    source
      .slice(from)
      .split(/[\r\n#]/, 1)[0]
      ?.trim() ?? '';
  if (rest === '')
    return problem('it has no value; write a number, a text in quotes, True or False.');
  return problem(`${quoted(rest)} is no number, text in quotes, True or False.`);
}

/** A value as Python writes it; a text in single quotes with what must be escaped. */
export function writeLiteral(value: InputValue): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return String(Object.is(value, -0) ? 0 : value);
  const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
  const body = value.replaceAll(
    // oxlint-disable-next-line no-control-regex -- what Python, or a line-based tool, would not keep as it is
    /[\\\u0000-\u001f\u007f-\u009f\u2028\u2029\ud800-\udfff]|['"]/gu,
    (letter) => {
      if (letter === '\\') return '\\\\';
      if (letter === "'" || letter === '"') return letter === quote ? `\\${letter}` : letter;
      if (letter === '\n') return '\\n';
      if (letter === '\t') return '\\t';
      if (letter === '\r') return '\\r';
      const code = letter.charCodeAt(0).toString(16);
      return code.length <= 2 ? `\\x${code.padStart(2, '0')}` : `\\u${code.padStart(4, '0')}`;
    },
  );
  return quote + body + quote;
}
