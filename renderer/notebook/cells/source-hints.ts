import type { CellKind } from '../../../pipeline/contract/notebook.ts';

const hints: Readonly<Partial<Record<CellKind, string>>> = {
  markdown: 'Write Markdown',
  sql: 'SELECT ... FROM a table of the workspace or of an earlier cell',
  javascript: 'return a table, a figure or a text',
  typescript: 'return a table, a figure or a text',
  raw: 'Text that is kept as it is',
};

/** What an empty editor suggests. */
export function hintOf(kind: CellKind): string {
  return hints[kind] ?? '';
}
