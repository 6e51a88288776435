import type {
  CellState,
  NotebookCell,
  NotebookMode,
  NotebookView,
} from '../../../pipeline/contract/notebook.ts';
import type { Problem } from '../../host/problem.ts';
import { contentOf, type NotebookContent } from './notebook-content.ts';
import { selectOne, type Selection } from './selection.ts';
import { emptyHistory, type UndoHistory } from './undo-history.ts';

/** Whether keys act on cells or go into one. */
export type Focus = { readonly kind: 'command' } | { readonly kind: 'edit'; readonly cell: string };

export type Saved =
  | { readonly kind: 'unsent' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'saved'; readonly at: string | null }
  | { readonly kind: 'unsaved'; readonly problem: string };

/** What the host says of the notebook as a whole. */
export interface NotebookFacts {
  readonly path: string;
  /** How often the host has read the file: what belongs to it may be another with each. */
  readonly reading: number;
  readonly trusted: boolean;
  readonly saved: Saved;
  readonly conflict: boolean;
  /** In a conflict: there is no file any more. */
  readonly gone: boolean;
  readonly recoveredFrom: string | null;
  /** The day up to which new data came, which a manual notebook has not run on. */
  readonly newData: { readonly asOf: string | null } | null;
  /** What was asked of the host last and failed. */
  readonly problem: Problem | null;
}

export interface NotebookState {
  readonly content: NotebookContent;
  readonly history: UndoHistory;
  readonly states: ReadonlyMap<string, CellState>;
  readonly selection: Selection | null;
  readonly focus: Focus;
  readonly clipboard: readonly NotebookCell[];
  readonly mode: NotebookMode;
  readonly facts: NotebookFacts;
  /** Said aloud: what a key did or why it did nothing. */
  readonly notice: string;
}

export function startState(notebook: NotebookView): NotebookState {
  const content = contentOf(notebook.cells);
  return {
    content,
    history: emptyHistory,
    states: new Map(notebook.states.map((state) => [state.id, state])),
    selection: selectOne(content.order[0]),
    focus: { kind: 'command' },
    clipboard: [],
    mode: notebook.mode,
    facts: factsOf(notebook),
    notice: '',
  };
}

export function factsOf(notebook: NotebookView): NotebookFacts {
  return {
    path: notebook.path,
    reading: notebook.reading ?? 0,
    trusted: notebook.trusted,
    saved: { kind: 'saved', at: notebook.savedAt },
    conflict: notebook.conflict,
    gone: notebook.gone === true,
    recoveredFrom: notebook.recoveredFrom,
    newData: null,
    problem: null,
  };
}
