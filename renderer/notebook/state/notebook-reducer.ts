import { plural } from '../../ui/format.ts';
import { editContent, type ContentAction } from './edit-content.ts';
import type { NotebookAction } from './notebook-action.ts';
import { sameContent, withCell, type NotebookContent } from './notebook-content.ts';
import type { NotebookState } from './notebook-state.ts';
import { kept, selectedIds, selectOne, stepped } from './selection.ts';
import { record, redo, settle, undo } from './undo-history.ts';

const command = { kind: 'command' } as const;

function notice(action: ContentAction, cells: number): string {
  switch (action.kind) {
    case 'delete':
      return `${plural(cells, 'cell')} deleted. Z brings back what was deleted.`;
    case 'cut':
      return `${plural(cells, 'cell')} cut.`;
    case 'merge':
      return 'Cells merged.';
    case 'split':
      return 'Cell split.';
    case 'paste':
      return 'Pasted.';
    case 'move':
      return 'Cell moved.';
    case 'insert':
    case 'insert-after':
      return 'Cell added.';
    case 'replace':
    case 'change-type':
    case 'fold':
    case 'pin':
      return '';
  }
}

function edited(state: NotebookState, action: ContentAction): NotebookState {
  const made = editContent(state, action);
  if (made.kind === 'refused') return { ...state, notice: made.notice };
  const { content } = made;
  const ids = selectedIds(state.selection, state.content.order);
  const clipboard =
    action.kind === 'cut'
      ? ids.flatMap((id) => state.content.cells.get(id) ?? [])
      : state.clipboard;
  if (sameContent(content, state.content)) return { ...state, clipboard };
  const focus =
    state.focus.kind === 'edit' && content.cells.has(state.focus.cell) ? state.focus : command;
  return {
    ...state,
    content,
    clipboard,
    history: record(settle(state.history), state.content),
    selection: made.selection ?? kept(state.selection, state.content.order, content.order),
    focus: action.kind === 'split' ? command : focus,
    notice: notice(action, ids.length),
  };
}

function typed(state: NotebookState, cell: string, source: string): NotebookState {
  const old = state.content.cells.get(cell);
  if (old === undefined || old.source === source) return state;
  return {
    ...state,
    content: withCell(state.content, { ...old, source }),
    history: record(state.history, state.content, `type:${cell}`),
  };
}

/** The cell that a step through the history changed, so that the page shows it. */
function changedId(before: NotebookContent, after: NotebookContent): string | undefined {
  return (
    after.order.find((id) => before.cells.get(id) !== after.cells.get(id)) ??
    after.order.find((id, at) => id !== before.order[at])
  );
}

function travelled(state: NotebookState, direction: 'undo' | 'redo'): NotebookState {
  const went = (direction === 'undo' ? undo : redo)(state.history, state.content);
  if (went === null) return { ...state, notice: `There is nothing to ${direction}.` };
  const { content, history } = went;
  const id = changedId(state.content, content);
  return {
    ...state,
    content,
    history,
    selection: selectOne(id) ?? kept(state.selection, state.content.order, content.order),
    focus: command,
    notice: direction === 'undo' ? 'Undone.' : 'Redone.',
  };
}

function entered(state: NotebookState, cell: string): NotebookState {
  if (state.focus.kind === 'edit' && state.focus.cell === cell) return state;
  return {
    ...state,
    selection: selectOne(cell),
    focus: { kind: 'edit', cell },
    history: settle(state.history),
  };
}

function left(state: NotebookState): NotebookState {
  if (state.focus.kind === 'command') return state;
  return { ...state, focus: command, history: settle(state.history) };
}

/** The notebook after what a person did; every change of the content can be undone. */
export function notebookReducer(state: NotebookState, action: NotebookAction): NotebookState {
  const { order } = state.content;
  switch (action.kind) {
    case 'type':
      return typed(state, action.cell, action.source);
    case 'undo':
    case 'redo':
      return travelled(state, action.kind);
    case 'copy': {
      const clipboard = selectedIds(state.selection, order).flatMap(
        (id) => state.content.cells.get(id) ?? [],
      );
      return { ...state, clipboard, notice: `${plural(clipboard.length, 'cell')} copied.` };
    }
    case 'set-mode':
      return { ...state, mode: action.mode };
    case 'select': {
      const { selection } = state;
      const next =
        action.extend && selection !== null
          ? { anchor: selection.anchor, head: action.cell }
          : selectOne(action.cell);
      const same = next?.anchor === selection?.anchor && next?.head === selection?.head;
      const elsewhere = state.focus.kind === 'edit' && state.focus.cell !== action.cell;
      return same && !elsewhere ? state : { ...(elsewhere ? left(state) : state), selection: next };
    }
    case 'select-all': {
      const [anchor] = order;
      const head = order.at(-1);
      return anchor === undefined || head === undefined
        ? state
        : { ...state, selection: { anchor, head } };
    }
    case 'step':
      return { ...left(state), selection: stepped(state.selection, order, action) };
    case 'enter':
      return entered(state, action.cell);
    case 'leave':
      return left(state);
    case 'replace':
    case 'insert':
    case 'insert-after':
    case 'delete':
    case 'cut':
    case 'paste':
    case 'merge':
    case 'split':
    case 'move':
    case 'change-type':
    case 'fold':
    case 'pin':
      return edited(state, action);
  }
}
