import type { ContextMenuParams, MenuItemConstructorOptions } from 'electron';

type Clicked = Pick<ContextMenuParams, 'isEditable' | 'selectionText'>;

/** A word that is marked as misspelt, and what can be done about it. */
export interface MarkedWord {
  /** Null where none came in time, which is not to say that there are none. */
  readonly suggestions: readonly string[] | null;
  readonly correct: (suggestion: string) => void;
  readonly learn: () => void;
}

function wordItems({ suggestions, correct, learn }: MarkedWord): MenuItemConstructorOptions[] {
  const corrections = (suggestions ?? []).map((word) => ({
    label: word,
    click: () => correct(word),
  }));
  const none = { label: 'No suggestions', enabled: false };
  return [
    ...(suggestions?.length === 0 ? [none] : corrections),
    ...(suggestions === null ? [] : [{ type: 'separator' as const }]),
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
