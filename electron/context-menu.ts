import type { ContextMenuParams, MenuItemConstructorOptions } from 'electron';

type Clicked = Pick<ContextMenuParams, 'isEditable' | 'selectionText'>;

/** A word that is marked as misspelt, and what can be done about it. */
export interface MarkedWord {
  readonly suggestions: readonly string[];
  readonly correct: (suggestion: string) => void;
  readonly learn: () => void;
}

function wordItems({ suggestions, correct, learn }: MarkedWord): MenuItemConstructorOptions[] {
  const corrections = suggestions.map((word) => ({ label: word, click: () => correct(word) }));
  return [
    ...(corrections.length === 0 ? [{ label: 'No suggestions', enabled: false }] : corrections),
    { type: 'separator' },
    { label: 'Add to Dictionary', click: learn },
    { type: 'separator' },
  ];
}

/** What a right click offers: corrections and the clipboard where one can type, copying where text is selected. */
export function contextTemplate(
  { isEditable, selectionText }: Clicked,
  marked: MarkedWord | null,
): MenuItemConstructorOptions[] {
  if (isEditable) {
    return [
      ...(marked === null ? [] : wordItems(marked)),
      { role: 'cut' },
      { role: 'copy' },
      { role: 'paste' },
      { type: 'separator' },
      { role: 'selectAll' },
    ];
  }
  return selectionText.trim() === '' ? [] : [{ role: 'copy' }];
}
