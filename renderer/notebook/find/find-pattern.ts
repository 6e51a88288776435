/** What is looked for, and how. */
export interface FindQuery {
  readonly text: string;
  readonly matchCase: boolean;
  /** The text is a regular expression of JavaScript. */
  readonly isPattern: boolean;
}

export const emptyQuery: FindQuery = { text: '', matchCase: false, isPattern: false };

/** A pattern that somebody wrote may take for ever: it is run in a worker only, see `run-pattern.ts`. */
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

/** More different texts than this are not looked for at once. */
const mostTexts = 500;

/** A pattern that finds each of these texts as it is, the longest first; null where there are none. */
export function patternOfTexts(texts: Iterable<string>): RegExp | null {
  const known = [...new Set(texts)].slice(0, mostTexts);
  if (known.length === 0) return null;
  const longestFirst = known.sort((a, b) => b.length - a.length);
  return new RegExp(longestFirst.map(escaped).join('|'), 'gmu');
}

export interface Place {
  readonly from: number;
  readonly to: number;
}

/** Where a text matches. */
export interface FoundPlaces {
  readonly places: readonly Place[];
  /** There are more, which were not looked for. */
  readonly isCut: boolean;
}

/** More matches than this of one text tell nobody anything. */
const most = 5000;

/** Where a pattern matches; what matches nothing, such as `a*` between letters, is no match. */
export function placesIn(text: string, pattern: RegExp): FoundPlaces {
  const places: Place[] = [];
  for (const { index, 0: match } of text.matchAll(pattern)) {
    if (match === '') continue;
    if (places.length === most) return { places, isCut: true };
    places.push({ from: index, to: index + match.length });
  }
  return { places, isCut: false };
}
