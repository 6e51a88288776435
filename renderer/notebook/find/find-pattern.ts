/** What is looked for, and how. */
export interface FindQuery {
  readonly text: string;
  readonly matchCase: boolean;
  /** The text is a regular expression of JavaScript. */
  readonly isPattern: boolean;
}

export const emptyQuery: FindQuery = { text: '', matchCase: false, isPattern: false };

export type FindPattern =
  | { readonly kind: 'none' }
  | { readonly kind: 'invalid'; readonly problem: string }
  | { readonly kind: 'pattern'; readonly pattern: RegExp };

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, (letter) =>
    letter === '-' ? String.raw`\x2d` : `\\${letter}`,
  );
}

/** A pattern that finds every match of a text; `^` and `$` are the ends of lines. */
export function findPattern({ text, matchCase, isPattern }: FindQuery): FindPattern {
  if (text === '') return { kind: 'none' };
  try {
    const source = isPattern ? text : escaped(text);
    return { kind: 'pattern', pattern: new RegExp(source, matchCase ? 'gmu' : 'gimu') };
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/^.*\/[gimu]*: /s, '') : '';
    return { kind: 'invalid', problem: why === '' ? 'no regular expression' : why };
  }
}

export interface Place {
  readonly from: number;
  readonly to: number;
}

/** More matches than this of one text tell nobody anything. */
const most = 5000;

/** Where a pattern matches; what matches nothing, such as `a*` between letters, is no match. */
export function placesIn(text: string, pattern: RegExp): Place[] {
  const found: Place[] = [];
  for (const { index, 0: match } of text.matchAll(pattern)) {
    if (match === '') continue;
    found.push({ from: index, to: index + match.length });
    if (found.length === most) break;
  }
  return found;
}

/** In a replacement for a pattern `$1` is its first group, and `\n` and `\t` are what they are in code. */
function unescaped(replacement: string): string {
  const letters: Readonly<Record<string, string>> = { n: '\n', t: '\t', '\\': '\\' };
  return replacement.replaceAll(/\\([nt\\])/g, (_whole, letter: string) => letters[letter] ?? '');
}

export interface Replacement {
  readonly pattern: RegExp;
  readonly text: string;
  readonly isPattern: boolean;
}

/** What comes in the place of one match, looking at what stands around it as the pattern does. */
function insertedAt(text: string, { from, to }: Place, replacement: Replacement): string {
  if (!replacement.isPattern) return replacement.text;
  const { source, flags } = replacement.pattern;
  const here = new RegExp(source, flags.replace('g', 'y'));
  here.lastIndex = from;
  const after = text.replace(here, unescaped(replacement.text));
  return after.slice(from, after.length - (text.length - to));
}

/** A text with some of its matches replaced, in the order in which they stand in it. */
export function replaced(text: string, places: readonly Place[], replacement: Replacement): string {
  let result = '';
  let end = 0;
  for (const place of places) {
    result += text.slice(end, place.from) + insertedAt(text, place, replacement);
    end = place.to;
  }
  return result + text.slice(end);
}
