import type { NotebookCell } from '../../../pipeline/contract/notebook.ts';
import { changeKind } from '../source/change-kind.ts';
import { copied } from '../source/carried-files.ts';
import { joinCells, splitCell } from '../source/join-cells.ts';
import type { NotebookAction } from './notebook-action.ts';
import {
  sameCell,
  withCell,
  withCellsAt,
  withMoved,
  withoutCells,
  type NotebookContent,
} from './notebook-content.ts';
import type { NotebookState } from './notebook-state.ts';
import { selectedIds, selectOne, type Selection } from './selection.ts';

/** What an action makes of the content, and which cells are selected then; a refusal says why nothing changed. */
export type Edited =
  | {
      readonly kind: 'content';
      readonly content: NotebookContent;
      readonly selection?: Selection | null;
    }
  | { readonly kind: 'refused'; readonly notice: string };

export type ContentAction = Extract<
  NotebookAction,
  {
    kind:
      | 'replace'
      | 'insert'
      | 'insert-after'
      | 'delete'
      | 'cut'
      | 'paste'
      | 'merge'
      | 'split'
      | 'move'
      | 'change-type'
      | 'fold'
      | 'pin';
  }
>;

function cellsOf(content: NotebookContent, ids: readonly string[]): NotebookCell[] {
  return ids.flatMap((id) => content.cells.get(id) ?? []);
}

/** Where in the order a new cell beside the selected ones stands. */
function placeBeside(state: NotebookState, where: 'above' | 'below'): number {
  const { order } = state.content;
  const ids = selectedIds(state.selection, order);
  const id = where === 'above' ? ids[0] : ids.at(-1);
  if (id === undefined) return order.length;
  return order.indexOf(id) + (where === 'above' ? 0 : 1);
}

function changed(
  content: NotebookContent,
  ids: readonly string[],
  change: (cell: NotebookCell) => NotebookCell,
): Edited {
  let next = content;
  for (const cell of cellsOf(content, ids)) {
    const after = change(cell);
    if (!sameCell(cell, after)) next = withCell(next, after);
  }
  return { kind: 'content', content: next };
}

function folded(state: NotebookState, ids: readonly string[], part: 'source' | 'outputs'): Edited {
  const all = cellsOf(state.content, ids);
  const fold = all.some((cell) => !cell.folded[part]);
  return changed(state.content, ids, (cell) => ({
    ...cell,
    folded: { ...cell.folded, [part]: fold },
  }));
}

function merged(state: NotebookState, selected: readonly string[]): Edited {
  const { content } = state;
  const below = content.order[content.order.indexOf(selected.at(-1) ?? '') + 1];
  const ids = selected.length > 1 || below === undefined ? selected : [...selected, below];
  const cell = joinCells(cellsOf(content, ids));
  if (cell === null || ids.length < 2) {
    return { kind: 'refused', notice: 'Only cells of one kind can be merged.' };
  }
  const rest = withoutCells(content, ids.slice(1));
  return { kind: 'content', content: withCell(rest, cell), selection: selectOne(cell.id) };
}

function split(state: NotebookState, action: Extract<ContentAction, { kind: 'split' }>): Edited {
  const cell = state.content.cells.get(action.cell);
  if (cell === undefined) return { kind: 'refused', notice: 'The cell is gone.' };
  const [first, second] = splitCell(cell, action.at, action.id);
  const at = state.content.order.indexOf(cell.id) + 1;
  const content = withCellsAt(withCell(state.content, first), at, [second]);
  return { kind: 'content', content, selection: selectOne(second.id) };
}

function inserted(state: NotebookState, at: number, cells: readonly NotebookCell[]): Edited {
  const content = withCellsAt(state.content, at, cells);
  return { kind: 'content', content, selection: selectOne(cells.at(-1)?.id) };
}

/** Changes cells and their order as an action says. */
export function editContent(state: NotebookState, action: ContentAction): Edited {
  const { content } = state;
  const ids = selectedIds(state.selection, content.order);
  switch (action.kind) {
    case 'replace':
      return changed(content, [...action.sources.keys()], (cell) => ({
        ...cell,
        source: action.sources.get(cell.id) ?? cell.source,
      }));
    case 'insert':
      return inserted(state, placeBeside(state, action.where), [action.cell]);
    case 'insert-after':
      return inserted(state, action.after === null ? 0 : content.order.indexOf(action.after) + 1, [
        action.cell,
      ]);
    case 'delete':
    case 'cut':
      return { kind: 'content', content: withoutCells(content, ids) };
    case 'paste': {
      if (state.clipboard.length === 0) return { kind: 'refused', notice: 'Nothing was copied.' };
      const cells = state.clipboard.map((cell, at) => copied(cell, action.ids[at] ?? cell.id));
      return inserted(state, placeBeside(state, action.where), cells);
    }
    case 'merge':
      return merged(state, ids);
    case 'split':
      return split(state, action);
    case 'move':
      return { kind: 'content', content: withMoved(content, ids, action.by) };
    case 'change-type':
      return changed(content, ids, (cell) => changeKind(cell, action.to));
    case 'fold':
      return folded(state, ids, action.part);
    case 'pin': {
      const pin = cellsOf(content, ids).some((cell) => !cell.pinned);
      return changed(content, ids, (cell) => ({ ...cell, pinned: pin }));
    }
  }
}
