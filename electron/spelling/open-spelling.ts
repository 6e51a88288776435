import { session } from 'electron';
import { forkHelper, type ForkedModule } from '../compat.ts';
import type { WordHelp } from '../offer-context-menu.ts';
import { LazyDictionaries } from './lazy-dictionaries.ts';
import { OwnWords } from './own-words.ts';
import { SpellChecker } from './spell-checker.ts';

interface SpellingPlaces {
  readonly dictionaries: ForkedModule;
  /** The file of the words that the user added. */
  readonly ownWords: string;
  readonly log: (line: string) => void;
}

interface Spelling {
  /** Those of a page's words that are misspelt; null where nobody could tell. */
  readonly misspelt: (words: unknown) => Promise<readonly string[] | null>;
  readonly wordHelp: WordHelp;
}

/** macOS has a checker, suggestions and a dictionary of its user's own. */
const ofTheSystem: WordHelp = {
  suggestions: async ({ dictionarySuggestions }) => dictionarySuggestions,
  learn: (word) => void session.defaultSession.addWordToSpellCheckerDictionary(word),
};

export function openSpelling({ dictionaries, ownWords, log }: SpellingPlaces): Spelling {
  const checker = new SpellChecker({
    own: new OwnWords(ownWords, log),
    dictionaries: new LazyDictionaries({ fork: () => forkHelper(dictionaries), log }),
  });
  const ofOurs: WordHelp = {
    suggestions: ({ misspelledWord }) => checker.suggestions(misspelledWord),
    learn: (word) => checker.learn(word),
  };
  return {
    misspelt: (words) => checker.misspelt(words),
    wordHelp: process.platform === 'darwin' ? ofTheSystem : ofOurs,
  };
}
