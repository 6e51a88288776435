import english from 'dictionary-en';
import nspell from 'nspell';
import type { SpellingQuestion } from './spelling-messages.ts';

/** More are no help in a menu. */
const SUGGESTIONS = 5;

/** What one of them knows is right. Another language is another package `dictionary-XX` here. */
const dictionaries = [english].map(({ aff, dic }) => nspell(Buffer.from(aff), Buffer.from(dic)));

export function judgeSpelling(question: SpellingQuestion): readonly string[] {
  switch (question.kind) {
    case 'misspelt':
      return question.words.filter((word) => !dictionaries.some((one) => one.correct(word)));
    case 'suggestions': {
      const found = dictionaries.flatMap((one) => one.suggest(question.word));
      return [...new Set(found)].slice(0, SUGGESTIONS);
    }
  }
}
