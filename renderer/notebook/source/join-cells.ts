import type { NotebookCell } from '../../../pipeline/contract/notebook.ts';
import { readSource, withBody } from './cell-source.ts';

/** Cells of one kind as one, which keeps the first one's id and first line; null where they are of several kinds. */
export function joinCells(cells: readonly NotebookCell[]): NotebookCell | null {
  const [first] = cells;
  if (first === undefined) return null;
  const read = cells.map((cell) => readSource(cell));
  const head = read[0];
  if (head === undefined || read.some(({ kind }) => kind !== head.kind)) return null;
  const between = head.kind === 'markdown' ? '\n\n' : '\n';
  const source = withBody(head, read.map(({ body }) => body).join(between));
  return { ...first, source };
}

/** A cell cut at a place in its body; the second part has the same kind and no name. */
export function splitCell(
  cell: NotebookCell,
  at: number,
  id: string,
): readonly [NotebookCell, NotebookCell] {
  const read = readSource(cell);
  const before = read.body.slice(0, at).replace(/\s*\n?$/, '');
  const after = read.body.slice(at).replace(/^[ \t]*\n+/, '');
  const lead = read.lead.replace(/[ \t]+(?:--save|-s)[ \t=]+\S+/, '');
  return [
    { ...cell, source: withBody(read, before) },
    { ...cell, id, pinned: false, source: withBody({ ...read, lead }, after) },
  ];
}
