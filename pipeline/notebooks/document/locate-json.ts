import { pastString } from './json-depth.ts';

/** Where a value stands in a text: from `start` to just before `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface MemberSpan extends Span {
  readonly name: string;
  readonly nameSpan: Span;
}

const isSpace = (code: number): boolean =>
  code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;

export function pastSpace(text: string, start: number): number {
  let at = start;
  while (isSpace(text.charCodeAt(at))) at++;
  return at;
}

/** `start` is at a value of valid JSON; loops, never recursion, so that nesting costs nothing. */
function pastValue(text: string, start: number): number {
  let depth = 0;
  let at = start;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) {
      at = pastString(text, at);
      if (depth === 0) return at;
      at--;
    } else if ((code | 0x20) === 0x7b) depth++;
    else if ((code | 0x20) === 0x7d) {
      if (depth <= 1) return depth === 1 ? at + 1 : at;
      depth--;
    } else if (depth === 0 && (code === 0x2c || isSpace(code))) return at;
  }
  return at;
}

/** Members of the object that begins at `start`, of text that `JSON.parse` took: as written, a repeated name twice. */
export function locateMembers(text: string, start: number): MemberSpan[] {
  const members: MemberSpan[] = [];
  let at = pastSpace(text, start + 1);
  while (text[at] === '"') {
    const nameSpan = { start: at, end: pastString(text, at) };
    const name = JSON.parse(text.slice(nameSpan.start, nameSpan.end)) as string;
    const from = pastSpace(text, pastSpace(text, nameSpan.end) + 1);
    const end = pastValue(text, from);
    members.push({ name, nameSpan, start: from, end });
    at = pastSpace(text, end);
    if (text[at] === ',') at = pastSpace(text, at + 1);
  }
  return members;
}

/** Elements of the list that begins at `start`, of text that `JSON.parse` took. */
export function locateElements(text: string, start: number): Span[] {
  const elements: Span[] = [];
  let at = pastSpace(text, start + 1);
  while (at < text.length && text[at] !== ']') {
    const end = pastValue(text, at);
    elements.push({ start: at, end });
    at = pastSpace(text, end);
    if (text[at] === ',') at = pastSpace(text, at + 1);
  }
  return elements;
}
