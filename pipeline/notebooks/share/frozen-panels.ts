import { readCell } from '../cells/cell-kind.ts';
import { sqlSource } from '../cells/write-cell.ts';
import type { DocumentCell, NotebookDocument } from '../document/notebook-document.ts';
import { isPanel } from './shared-tables.ts';
import { quotedName } from '../../engine/sql-quoting.ts';

/** The schema that holds what panels made, where nobody can run them again. */
export const panelSchema = 'strata_panels';

function frozen(cell: DocumentCell, made: ReadonlySet<string>): DocumentCell {
  const read = readCell(cell);
  if (!isPanel(read)) return cell;
  const name = 'name' in read ? read.name : null;
  if (name === null || !made.has(name.toLowerCase())) {
    return { ...cell, type: 'raw', source: '', outputs: [] };
  }
  const sql = `select * from ${quotedName(panelSchema)}.${quotedName(name)}`;
  return { ...cell, source: sqlSource(name, sql), outputs: [] };
}

/**
 * A notebook that runs without the workspace's customers and models: a panel that made a table gives the rows that it
 * made, every other one does nothing. `made` are the names of these tables.
 */
export function withFrozenPanels(
  document: NotebookDocument,
  made: readonly string[],
): NotebookDocument {
  const names = new Set(made.map((name) => name.toLowerCase()));
  return { ...document, cells: document.cells.map((cell) => frozen(cell, names)) };
}

/** The outputs of a notebook that ran with frozen panels, in the notebook with its panels as they were. */
export function withOutputsOf(document: NotebookDocument, ran: NotebookDocument): NotebookDocument {
  const outputs = new Map(ran.cells.map((cell) => [cell.id, cell.outputs]));
  const cells = document.cells.map((cell) =>
    cell.type !== 'code' || isPanel(readCell(cell))
      ? cell
      : { ...cell, outputs: outputs.get(cell.id) ?? [], executionCount: null },
  );
  return { ...document, cells };
}
