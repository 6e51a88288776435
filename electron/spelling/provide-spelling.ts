import { webFrame } from 'electron';
import { JudgedWords } from './judged-words.ts';
import { proseWords } from './prose-words.ts';
import { recheckIn } from './recheck-in.ts';
import { MOST_WORDS } from './spelling-messages.ts';

/** The editor that one types prose in, if one does. */
function proseEditor(): Element | null {
  const { activeElement } = document;
  return activeElement?.getAttribute('spellcheck') === 'true' ? activeElement : null;
}

function textOf(editor: Element): string {
  const lines = [...editor.querySelectorAll('.cm-line')];
  return lines.length === 0
    ? (editor.textContent ?? '')
    : lines.map((line) => line.textContent).join('\n');
}

/** Has the words that are typed into a Markdown cell judged by `ask`: those that are misspelt, or null for no answer. */
export function provideSpelling(
  ask: (words: readonly string[]) => Promise<readonly string[] | null>,
): void {
  const judged = new JudgedWords();
  const recheck = recheckIn(document);
  const learn = async (words: readonly string[], editor: Element): Promise<void> => {
    const misspelt = await ask(words).catch(() => null);
    if (misspelt !== null && judged.take(words, misspelt)) recheck(editor);
  };
  webFrame.setSpellCheckProvider('en-US', {
    // Electron keeps one request at a time, and an answer that comes after Blink gave it up for another takes the
    // window down. So it is answered at once, by what is known; what is not is asked for, and the text checked again.
    spellCheck: (words, answer) => {
      const editor = proseEditor();
      const prose = editor === null ? new Set<string>() : proseWords(textOf(editor));
      const inProse = words.filter((word) => prose.has(word));
      answer(judged.misspelt(inProse));
      // The whole text, as Blink asks for a long one piece by piece, and once.
      const asked = judged.open([...inProse, ...prose]).slice(0, MOST_WORDS);
      if (editor !== null && asked.length > 0) void learn(asked, editor);
    },
  });
}
