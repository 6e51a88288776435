import type { CellState, NotebookCell } from '../../../pipeline/contract/notebook.ts';
import { fromNotebookCell } from '../../../pipeline/notebooks/document/cell-view.ts';
import type { NotebookDocument } from '../../../pipeline/notebooks/document/notebook-document.ts';
import { NotebookSession } from '../../../pipeline/notebooks/session/notebook-session.ts';
import { EchoPanels, EchoScripts, SumEngine } from './sum-engine.ts';

export function cell(id: string, source: string, more: Partial<NotebookCell> = {}): NotebookCell {
  const folded = { source: false, outputs: false };
  return { id, type: 'code', source, pinned: false, folded, ...more };
}

export const sql = (name: string | null, query: string): string =>
  `%%sql${name === null ? '' : ` --save ${name}`}\n${query}`;

export const slider = (name: string, value: number): string =>
  `${name} = ${value}  # strata: {"kind": "slider", "min": 0, "max": 1000}`;

export function documentOf(
  cells: readonly NotebookCell[],
  mode: NotebookDocument['mode'] = 'reactive',
): NotebookDocument {
  return { cells: cells.map((one) => fromNotebookCell(one)), metadata: {}, mode, text: null };
}

interface Opened {
  readonly session: NotebookSession;
  readonly engine: SumEngine;
  readonly panels: EchoPanels;
  readonly scripts: EchoScripts;
}

export function openSession(document: NotebookDocument, trusted = true): Opened {
  const [engine, panels, scripts] = [new SumEngine(), new EchoPanels(), new EchoScripts()];
  const session = new NotebookSession({
    document,
    trusted,
    tables: engine,
    panels,
    scripts,
    now: () => 0,
  });
  return { session, engine, panels, scripts };
}

/** The number that a cell shows. */
export function shown({ outputs }: CellState): string | null {
  const [first] = outputs;
  const data = first?.['data'] as Record<string, string> | undefined;
  return (
    data?.['text/plain']?.split('\n')[1]?.trim() ?? (first?.['text'] as string | undefined) ?? null
  );
}

/** Each cell in a few words: its status, and what it shows or what is wrong. */
export function brief(session: NotebookSession): Record<string, string> {
  return Object.fromEntries(
    session.states().map((state) => {
      const what = state.error?.message ?? shown(state);
      return [state.id, what === null ? state.status : `${state.status}: ${what}`];
    }),
  );
}
