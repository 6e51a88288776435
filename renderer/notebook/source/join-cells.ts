import type { NotebookCell } from '../../../pipeline/contract/notebook.ts';
import { joinedFiles, splitOff } from './carried-files.ts';
import { readSource, withBody } from './cell-source.ts';

/** Cells of one kind as one, which keeps the first one's id and first line; null where they are of several kinds. */
export function joinCells(cells: readonly NotebookCell[]): NotebookCell | null {
  const [first] = cells;
  if (first === undefined) return null;
  const read = cells.map((cell) => readSource(cell));
  const head = read[0];
  if (head === undefined || read.some(({ kind }) => kind !== head.kind)) return null;
  const between = head.kind === 'markdown' ? '\n\n' : '\n';
  const { bodies, from } = joinedFiles(
    cells,
    read.map(({ body }) => body),
  );
  const source = withBody(head, bodies.join(between));
  return { ...first, source, ...(from.length === 0 ? {} : { from }) };
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
    { ...splitOff(cell, id, withBody({ ...read, lead }, after)), pinned: false },
  ];
}
