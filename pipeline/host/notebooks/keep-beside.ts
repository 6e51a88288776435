import { runnableDigest } from '../../notebooks/document/runnable-digest.ts';
import { writeNotebook } from '../../notebooks/document/write-notebook.ts';
import type { NotebookSession } from '../../notebooks/session/notebook-session.ts';
import type { NotebookStore, NotebookTrust } from './notebook-store.ts';
import { writeBeside } from './write-beside.ts';

interface Place {
  readonly path: string;
  readonly store: NotebookStore;
  readonly trust: NotebookTrust;
}

/** What is open here, in a file of its own; it is trusted there if it is here. */
export async function keepBeside(
  { path, store, trust }: Place,
  { document, trusted }: NotebookSession,
): Promise<void> {
  const name =
    path
      .replace(/\.ipynb$/, '')
      .split('/')
      .at(-1) ?? path;
  await writeBeside(store, `${name} (mine)`, writeNotebook(document));
  if (trusted) await trust.trust(await runnableDigest(document));
}
