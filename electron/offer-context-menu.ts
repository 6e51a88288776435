import { type BrowserWindow, type ContextMenuParams, Menu } from 'electron';
import { contextTemplate, type MarkedWord } from './context-menu.ts';

/** Where suggestions come from and learnt words go to: the system on macOS, electron/spelling elsewhere. */
export interface WordHelp {
  /** Null where they take too long for a menu. */
  suggestions(clicked: ContextMenuParams): Promise<readonly string[] | null>;
  learn(word: string): void;
}

export function offerContextMenu(window: BrowserWindow, help: WordHelp): void {
  const { webContents } = window;
  const markedWord = async (clicked: ContextMenuParams): Promise<MarkedWord | null> => {
    const { misspelledWord } = clicked;
    if (misspelledWord === '' || !clicked.isEditable) return null;
    return {
      suggestions: await help.suggestions(clicked).catch(() => null),
      correct: (suggestion) => webContents.replaceMisspelling(suggestion),
      learn: () => {
        help.learn(misspelledWord);
        // The same word in its place: it is judged anew, and the mark goes.
        webContents.replaceMisspelling(misspelledWord);
      },
    };
  };
  const show = async (clicked: ContextMenuParams): Promise<void> => {
    const template = contextTemplate(clicked, await markedWord(clicked));
    if (template.length > 0 && !window.isDestroyed())
      Menu.buildFromTemplate(template).popup({ window });
  };
  webContents.on('context-menu', (_event, clicked) => void show(clicked));
}
