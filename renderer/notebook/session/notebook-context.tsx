import { createContext, use, useSyncExternalStore, type ReactNode } from 'react';
import { AppError } from '../../../pipeline/contract/errors.ts';
import type { CellState, NotebookCell } from '../../../pipeline/contract/notebook.ts';
import type { KeyBinding, KeyCommand } from '../keys/key-presets.ts';
import type { LineNumbers } from '../lines/line-numbers.ts';
import type { NotebookState } from '../state/notebook-state.ts';
import { selectedIds } from '../state/selection.ts';
import type { NotebookSession } from './notebook-session.ts';

/** What every cell needs: the same object for as long as the notebook is open and its keys stay. */
export interface OpenNotebook {
  readonly session: NotebookSession;
  readonly bindings: readonly KeyBinding[];
  /** Does what a key means; `at` is where the cursor stands in the body of the edited cell. */
  readonly command: (command: KeyCommand, at?: number) => void;
  /** Which cells show the numbers of their lines. */
  readonly lines: LineNumbers;
  /** Tables of the workspace, such as `silver.transactions`. */
  readonly tables: readonly string[];
}

const NotebookContext = createContext<OpenNotebook | null>(null);

export function NotebookProvider({
  value,
  children,
}: {
  value: OpenNotebook;
  children: ReactNode;
}) {
  return <NotebookContext value={value}>{children}</NotebookContext>;
}

export function useOpenNotebook(): OpenNotebook {
  const notebook = use(NotebookContext);
  if (notebook === null) {
    throw new AppError('INTERNAL', { problem: 'a cell was drawn without a notebook' });
  }
  return notebook;
}

/** A part of the notebook; the caller is drawn again only when that part is another one. */
export function useNotebook<T>(part: (state: NotebookState) => T): T {
  const { session } = useOpenNotebook();
  return useSyncExternalStore(session.subscribe, () => part(session.state()));
}

export function useCell(id: string): NotebookCell | undefined {
  return useNotebook(({ content }) => content.cells.get(id));
}

export function useLineNumbers(cell: string): boolean {
  const { lines } = useOpenNotebook();
  return useSyncExternalStore(lines.subscribe, () => lines.areShown(cell));
}

export function useCellState(id: string): CellState | undefined {
  return useNotebook(({ states }) => states.get(id));
}

export type Marking = 'none' | 'selected' | 'head' | 'edit';

/** How a cell is marked: looked at, one of several, or edited. */
export function markingOf({ selection, focus, content }: NotebookState, id: string): Marking {
  if (focus.kind === 'edit' && focus.cell === id) return 'edit';
  if (selection?.head === id) return 'head';
  if (selection === null || selection.anchor === selection.head) return 'none';
  return selectedIds(selection, content.order).includes(id) ? 'selected' : 'none';
}
