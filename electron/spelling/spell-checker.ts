import { isDomainWord } from './domain-words.ts';
import type { SpellingQuestion } from './spelling-messages.ts';

/** What a page may ask about at once; a screen full of text has a few hundred. */
const MOST = 4000;
const LONGEST = 64;

/** So long does a menu wait for suggestions. */
const PATIENCE_MS = 500;

interface SpellCheckerOptions {
  readonly own: { has(word: string): boolean; add(word: string): void };
  readonly dictionaries: { ask(question: SpellingQuestion): Promise<readonly string[]> };
}

/** Judges words without a network: by the words of the trade, the user's own, and dictionaries that are packed along. */
export class SpellChecker {
  readonly #options: SpellCheckerOptions;

  constructor(options: SpellCheckerOptions) {
    this.#options = options;
  }

  /** Those of the words that are wrong; whatever else a page sends is none. */
  async misspelt(asked: unknown): Promise<readonly string[]> {
    const { own, dictionaries } = this.#options;
    if (!Array.isArray(asked)) return [];
    const words = asked
      .slice(0, MOST)
      .filter((word): word is string => typeof word === 'string' && word.length <= LONGEST)
      .filter((word) => !isDomainWord(word) && !own.has(word));
    return words.length === 0 ? [] : dictionaries.ask({ kind: 'misspelt', words });
  }

  async suggestions(word: string): Promise<readonly string[]> {
    if (word.length > LONGEST) return [];
    const late = new Promise<readonly string[]>((resolve) => {
      setTimeout(() => resolve([]), PATIENCE_MS).unref();
    });
    return Promise.race([this.#options.dictionaries.ask({ kind: 'suggestions', word }), late]);
  }

  learn(word: string): void {
    this.#options.own.add(word);
  }
}
