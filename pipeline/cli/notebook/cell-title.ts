import { type ReadCell, readCell } from '../../notebooks/cells/cell-kind.ts';
import type { NotebookDocument } from '../../notebooks/document/notebook-document.ts';

const longest = 40;

/** What a panel without a name is known by: a chart has a title, or at least a type. */
function panelTitle(read: ReadCell): string | null {
  if (!('parameters' in read)) return null;
  const { title, type } = read.parameters;
  if (typeof title === 'string' && title.trim() !== '') return title.trim();
  return typeof type === 'string' ? `${type} chart` : read.kind;
}

/** What a person knows a cell by: its name, or its place and how it begins. */
export function cellTitle({ cells }: NotebookDocument, id: string): string {
  const at = cells.findIndex((cell) => cell.id === id);
  const cell = cells[at];
  if (cell === undefined) return id;
  const read = readCell(cell);
  const name = 'name' in read ? read.name : null;
  if (name !== null) return name;
  const line = cell.source.split('\n').find((one) => one.trim() !== '' && !one.startsWith('%%'));
  const begin = panelTitle(read) ?? (line ?? '').trim();
  return `${at + 1}: ${begin.length > longest ? `${begin.slice(0, longest)}…` : begin}`;
}
