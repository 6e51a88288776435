/** What a page may ask about at once; a screen full of text has a few hundred. */
export const MOST_WORDS = 4000;

/** What the shell asks of the process that holds the dictionaries. */
export type SpellingQuestion =
  | { readonly kind: 'misspelt'; readonly words: readonly string[] }
  | { readonly kind: 'suggestions'; readonly word: string };

export interface ToDictionaries {
  readonly id: number;
  readonly question: SpellingQuestion;
}

export interface FromDictionaries {
  readonly id: number;
  readonly words: readonly string[];
}
