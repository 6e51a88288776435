import { isDomainWord } from './domain-words.ts';
import { MOST_WORDS, type SpellingQuestion } from './spelling-messages.ts';

const LONGEST = 64;

/** So long does a menu wait for suggestions. */
const PATIENCE_MS = 500;

interface SpellCheckerOptions {
  readonly own: { has(word: string): boolean; add(word: string): void };
  readonly dictionaries: { ask(question: SpellingQuestion): Promise<readonly string[] | null> };
}

/** Judges words without a network: by the words of the trade, the user's own, and dictionaries that are packed along. */
export class SpellChecker {
  readonly #options: SpellCheckerOptions;

  constructor(options: SpellCheckerOptions) {
    this.#options = options;
  }

  /** Those of the words that are wrong, null where nobody could tell; whatever else a page sends is none. */
  async misspelt(asked: unknown): Promise<readonly string[] | null> {
    const { own, dictionaries } = this.#options;
    if (!Array.isArray(asked)) return [];
    const words = asked
      .slice(0, MOST_WORDS)
      .filter((word): word is string => typeof word === 'string' && word.length <= LONGEST)
      .filter((word) => !isDomainWord(word) && !own.has(word));
    return words.length === 0 ? [] : dictionaries.ask({ kind: 'misspelt', words });
  }

  /** Null where they are not found in time. */
  async suggestions(word: string): Promise<readonly string[] | null> {
    if (word.length > LONGEST) return [];
    const late = new Promise<null>((resolve) => {
      setTimeout(() => resolve(null), PATIENCE_MS).unref();
    });
    return Promise.race([this.#options.dictionaries.ask({ kind: 'suggestions', word }), late]);
  }

  learn(word: string): void {
    this.#options.own.add(word);
  }
}
