import type { CellState, NotebookCell, NotebookView } from '../../../pipeline/contract/notebook.ts';

export function sql(id: string, body = 'SELECT 1', name = id): NotebookCell {
  const source = `%%sql --save ${name}\n${body}`;
  return { id, type: 'code', source, pinned: false, folded: { source: false, outputs: false } };
}

export function prose(id: string, source = id): NotebookCell {
  return { id, type: 'markdown', source, pinned: false, folded: { source: false, outputs: false } };
}

export function told(id: string, more: Partial<CellState> = {}): CellState {
  return {
    id,
    kind: 'sql',
    status: 'done',
    defines: [id],
    reads: [],
    error: null,
    outputs: [],
    rows: 3,
    elapsedMs: 5,
    input: null,
    ...more,
  };
}

export function view(cells: NotebookCell[], more: Partial<NotebookView> = {}): NotebookView {
  return {
    id: 'n',
    path: 'a.ipynb',
    revision: 1,
    trusted: true,
    mode: 'reactive',
    cells,
    states: cells.filter(({ type }) => type === 'code').map(({ id }) => told(id)),
    savedAt: null,
    recoveredFrom: null,
    conflict: false,
    ...more,
  };
}
