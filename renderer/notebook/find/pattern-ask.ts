import { placesIn, type FoundPlaces } from './find-pattern.ts';
import { replaced, type Replaced, type Replacement } from './replace-matches.ts';

/** What the page asks of the worker that runs a pattern. */
export type PatternAsk =
  | { readonly kind: 'find'; readonly texts: readonly string[]; readonly pattern: RegExp }
  | {
      readonly kind: 'replace';
      readonly texts: readonly string[];
      readonly replacement: Replacement;
      /** Where the only match that is replaced begins; null for all. */
      readonly only: number | null;
    };

/** Text by text, in the order in which they were given. */
export type PatternAnswer =
  | { readonly kind: 'found'; readonly found: readonly FoundPlaces[] }
  | { readonly kind: 'replaced'; readonly replaced: readonly Replaced[] };

export type FromPatternWorker = { readonly kind: 'started' } | PatternAnswer;

export function answerPattern(ask: PatternAsk): PatternAnswer {
  switch (ask.kind) {
    case 'find':
      return { kind: 'found', found: ask.texts.map((text) => placesIn(text, ask.pattern)) };
    case 'replace': {
      const { texts, replacement, only } = ask;
      return {
        kind: 'replaced',
        replaced: texts.map((text) => replaced(text, replacement, only)),
      };
    }
  }
}
