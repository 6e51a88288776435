import type { Cell } from '../../../pipeline/contract/schemas.ts';

const numeric =
  /^(u?(tiny|small|big|huge)?int(eger)?|u?integer|float|real|double|decimal|numeric)\b/i;

export type ColumnKind = 'number' | 'text';

/** How a column is set: numbers to the right, so that their digits stand under each other. Lists of numbers are text. */
export function columnKind(type: string): ColumnKind {
  return numeric.test(type) && !type.endsWith(']') ? 'number' : 'text';
}

export type CellView =
  | { readonly kind: 'null' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'value'; readonly text: string };

/** NULL, the empty string and the word "NULL" are three different things. */
export function cellView(cell: Cell): CellView {
  if (cell === null) return { kind: 'null' };
  if (cell === '') return { kind: 'empty' };
  return { kind: 'value', text: String(cell) };
}
