import type { ContextMenuParams, MenuItemConstructorOptions } from 'electron';

type Clicked = Pick<
  ContextMenuParams,
  'isEditable' | 'selectionText' | 'misspelledWord' | 'dictionarySuggestions'
>;

/** What a right click offers: corrections and the clipboard where one can type, copying where text is selected. */
export function contextTemplate(
  { isEditable, selectionText, misspelledWord, dictionarySuggestions }: Clicked,
  correct: (word: string) => void,
): MenuItemConstructorOptions[] {
  const corrections: MenuItemConstructorOptions[] =
    misspelledWord === '' || dictionarySuggestions === undefined
      ? []
      : dictionarySuggestions.map((word) => ({ label: word, click: () => correct(word) }));
  const divider: MenuItemConstructorOptions[] =
    corrections.length === 0 ? [] : [{ type: 'separator' }];
  if (isEditable) {
    return [
      ...corrections,
      ...divider,
      { role: 'cut' },
      { role: 'copy' },
      { role: 'paste' },
      { type: 'separator' },
      { role: 'selectAll' },
    ];
  }
  return selectionText.trim() === '' ? [] : [{ role: 'copy' }];
}
