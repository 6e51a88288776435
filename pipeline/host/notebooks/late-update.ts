import type { NotebookUpdate } from '../../contract/notebook.ts';

/** Of a change that was made before the file was taken in anew: what that lacks is not deleted, it is asked whose to keep. */
export function lateUpdate({ known, ...update }: NotebookUpdate): NotebookUpdate {
  if (known === undefined) return update;
  const changed = new Set(update.changed.map(({ id }) => id));
  return { ...update, known: known.filter((id) => !changed.has(id)) };
}
