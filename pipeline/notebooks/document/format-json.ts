import { isJsonObject } from './json-object.ts';
import type { Json } from './notebook-document.ts';

/** How a notebook's text is laid out. */
export interface TextStyle {
  /** One step of indentation; null where all stands in one line. */
  readonly indent: string | null;
  readonly lineEnd: string;
  readonly colon: string;
  /** Whether letters beyond ASCII are written as escapes. */
  readonly ascii: boolean;
}

/** What Python's nbformat writes. */
export const nbformatStyle: TextStyle = { indent: ' ', lineEnd: '\n', colon: ': ', ascii: false };

/** The layout of a notebook that was read, so that what is put into it looks like the rest. */
export function styleOf(text: string): TextStyle {
  const line = /(\r?\n)([ \t]*)"(?:[^"\\]|\\.)*"(\s*:\s*)/.exec(text.slice(0, 10_000));
  const inline = /"(?:[^"\\]|\\.)*"(\s*:\s*)/.exec(text.slice(0, 10_000));
  const colon = (line?.[3] ?? inline?.[1] ?? ': ').replaceAll(/[\r\n]/g, '');
  return {
    indent: line?.[2] ?? null,
    lineEnd: line?.[1] ?? '\n',
    colon,
    ascii: /\\u(?!00[0-7])[\da-f]{4}/i.test(text) && !/[\u0080-\ufefe\uff00-\uffff]/.test(text),
  };
}

function formatText(text: string, ascii: boolean): string {
  const json = JSON.stringify(text);
  if (!ascii) return json;
  return json.replaceAll(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function formatNumber(value: number): string {
  if (Number.isNaN(value)) return 'null';
  if (Number.isFinite(value)) return Object.is(value, -0) ? '-0.0' : String(value);
  // What JSON.parse and Python read as infinity, and what they had read it from.
  return value > 0 ? '1e999' : '-1e999';
}

/** Python sorts by code point, JavaScript by UTF-16 unit: they differ for letters beyond the basic plane. */
export function byCodePoint(a: string, b: string): number {
  const [left, right] = [Array.from(a), Array.from(b)];
  for (let i = 0; i < left.length && i < right.length; i++) {
    const order = (left[i]?.codePointAt(0) ?? 0) - (right[i]?.codePointAt(0) ?? 0);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

export function newLine(style: TextStyle, depth: number): string {
  return style.indent === null ? '' : style.lineEnd + style.indent.repeat(depth);
}

/** JSON with sorted keys; `depth` is the indentation of the line that it begins on. */
export function formatJson(value: Json | undefined, style: TextStyle, depth: number): string {
  if (typeof value === 'string') return formatText(value, style.ascii);
  if (typeof value === 'number') return formatNumber(value);
  if (typeof value === 'boolean') return String(value);
  const inner = newLine(style, depth + 1);
  const outer = newLine(style, depth);
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    const elements = value.map((one: Json) => inner + formatJson(one, style, depth + 1));
    return `[${elements.join(',')}${outer}]`;
  }
  if (!isJsonObject(value)) return 'null';
  const members = Object.entries(value)
    .filter(([, one]) => one !== undefined)
    .toSorted(([a], [b]) => byCodePoint(a, b))
    .map(
      ([name, one]) =>
        inner + formatText(name, style.ascii) + style.colon + formatJson(one, style, depth + 1),
    );
  return members.length === 0 ? '{}' : `{${members.join(',')}${outer}}`;
}
