import type { NotebookCell } from '../../../pipeline/contract/notebook.ts';
import { readSource } from './cell-source.ts';

/** The cell as text, raw text or code; SQL loses and gets the line that makes it SQL, other code keeps its own. */
export function changeKind(cell: NotebookCell, to: NotebookCell['type']): NotebookCell {
  if (cell.type === to) return cell;
  const { kind, body } = readSource(cell);
  const text = kind === 'sql' ? body : cell.source;
  const isCode =
    text.startsWith('%%') || readSource({ type: 'code', source: text }).kind === 'input';
  const source = to !== 'code' || isCode ? text : `%%sql\n${text}`;
  return { ...cell, type: to, source };
}
