import { escapeHtml } from '../../outputs/html-table.ts';

/** A text within XML, which has no place for control characters and halves of letters: they are shown as such. */
export function xmlText(text: string): string {
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  const shown = text.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd');
  return escapeHtml(shown.toWellFormed());
}
