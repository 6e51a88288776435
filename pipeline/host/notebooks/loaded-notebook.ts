import type { CellState } from '../../contract/notebook.ts';
import type { NotebookDocument } from '../../notebooks/document/notebook-document.ts';
import { writeNotebook } from '../../notebooks/document/write-notebook.ts';
import { NotebookSession } from '../../notebooks/session/notebook-session.ts';
import { Autosave } from './autosave.ts';
import type { NotebookEngines } from './notebook-engines.ts';
import type { NotebookSource } from './notebook-source.ts';
import type { NotebookStore } from './notebook-store.ts';

/** A notebook that runs, and is written when it changes. */
export interface LoadedNotebook {
  readonly session: NotebookSession;
  readonly engines: NotebookEngines;
  readonly saving: Autosave;
  readonly recoveredFrom: string | null;
}

interface LoadParts {
  readonly path: string;
  readonly store: NotebookStore;
  readonly engines: NotebookEngines;
  readonly told: {
    states(session: NotebookSession, states: readonly CellState[]): void;
    saved(session: NotebookSession, revision: number): void;
    unsaved(problem: string): void;
    conflict(gone: boolean): void;
  };
}

export function loadNotebook(
  source: NotebookSource,
  { path, store, engines, told }: LoadParts,
): LoadedNotebook {
  const { document, isTrusted, base, original, recoveredFrom } = source;
  const session = new NotebookSession({ ...engines, document, trusted: isTrusted });
  const saving = new Autosave({
    store,
    path,
    base,
    original,
    text: () => writeNotebook(session.document),
    told: { ...told, saved: (revision) => told.saved(session, revision) },
  });
  let written: NotebookDocument = document;
  session.listen((states) => {
    told.states(session, states);
    if (session.document === written) return;
    written = session.document;
    saving.changed();
  });
  return { session, engines, saving, recoveredFrom };
}
