import { webFrame } from 'electron';
import { proseWords } from './prose-words.ts';

/** The text of the editor that one types prose in; null anywhere else. */
function proseAtHand(): string | null {
  const { activeElement } = document;
  if (activeElement?.getAttribute('spellcheck') !== 'true') return null;
  const lines = [...activeElement.querySelectorAll('.cm-line')];
  return lines.length === 0
    ? activeElement.textContent
    : lines.map((line) => line.textContent).join('\n');
}

/** Has the words that are typed into a Markdown cell judged by `ask`, which gives those that are misspelt. */
export function provideSpelling(
  ask: (words: readonly string[]) => Promise<readonly string[]>,
): void {
  let newest = 0;
  webFrame.setSpellCheckProvider('en-US', {
    spellCheck: (words, answer) => {
      newest += 1;
      const request = newest;
      // Electron keeps one request at a time and goes down on an answer to one that it has given up.
      const tell = (misspelt: readonly string[]): void => {
        if (request === newest) answer([...misspelt]);
      };
      const text = proseAtHand();
      const prose = text === null ? new Set<string>() : proseWords(text);
      const judged = words.filter((word) => prose.has(word));
      if (judged.length === 0) setTimeout(tell, 0, []);
      else ask(judged).then(tell, () => tell([]));
    },
  });
}
