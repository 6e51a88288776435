import { AppError } from '../../contract/errors.ts';
import { writeNotebook } from '../../notebooks/document/write-notebook.ts';
import type { Notebooks } from '../notebooks/notebooks.ts';
import type { OpenNotebook } from '../notebooks/open-notebook.ts';
import { refusing } from './refusing.ts';

/** The one notebook of a shared page. Its data were treated when it was shared, so that its copy leaves as it is. */
export function sharedNotebook(notebook: OpenNotebook): Notebooks {
  const { session } = notebook;
  return refusing<Notebooks>({
    open: async () => notebook.view(),
    watch: (_id, signal, page) => notebook.watch(signal, page),
    update: async (_id, update) => notebook.update(update),
    run: async (_id, { cells, again }) => {
      // Whoever watches is told how it goes.
      void session.run(cells ?? 'all', { again }).catch(() => undefined);
    },
    cancel: async () => session.cancel(),
    clearOutputs: async () => notebook.clearOutputs(),
    rows: (_id, { cell, offset, limit }) => session.rows(cell, offset, limit),
    pictures: async (_id, cell) => notebook.pictures(cell),
    trust: async () => {},
    close: async () => {},
    export: async (_id, { format }) => {
      if (format !== 'ipynb') throw new AppError('NOTEBOOK_PAGE_ALONE');
      const type = 'application/x-ipynb+json';
      return {
        name: notebook.path,
        file: new Blob([writeNotebook(session.document)], { type }),
      };
    },
  });
}
