/**
 * Has Blink check the text around the caret once more. Nothing asks for that but a selection that moved, and one that is
 * put back at once, before anybody hears of it, did. An input method would lose what it composes; its end is a check.
 */
export function recheckIn(page: Document): (editor: Element) => void {
  let isComposing = false;
  page.addEventListener('compositionstart', () => (isComposing = true), true);
  page.addEventListener('compositionend', () => (isComposing = false), true);
  return (editor) => {
    const selection = page.getSelection();
    if (isComposing || selection === null || page.activeElement !== editor) return;
    const { anchorNode, anchorOffset, focusNode, focusOffset } = selection;
    if (anchorNode === null || focusNode === null || !editor.contains(anchorNode)) return;
    selection.selectAllChildren(editor);
    selection.setBaseAndExtent(anchorNode, anchorOffset, focusNode, focusOffset);
  };
}
