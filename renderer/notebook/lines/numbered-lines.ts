import type { Piece } from '../editor/highlight-source.ts';

/** The number of a line that begins, or a piece of its text. */
export type LinePart =
  | { readonly kind: 'line'; readonly number: number }
  | ({ readonly kind: 'piece' } & Piece);

/** Pieces of a source with the beginnings of its lines between them; the text itself stays as it is. */
export function numberedLines(pieces: readonly Piece[]): LinePart[] {
  const parts: LinePart[] = [{ kind: 'line', number: 1 }];
  let number = 1;
  for (const { text, className } of pieces) {
    let from = 0;
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', from)) {
      parts.push({ kind: 'piece', text: text.slice(from, at + 1), className });
      number += 1;
      parts.push({ kind: 'line', number });
      from = at + 1;
    }
    if (from < text.length) parts.push({ kind: 'piece', text: text.slice(from), className });
  }
  return parts;
}
