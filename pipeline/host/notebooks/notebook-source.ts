import { withInjected } from '../../notebooks/cells/injected-parameters.ts';
import type { NotebookDocument } from '../../notebooks/document/notebook-document.ts';
import { readNotebook, readNotebookText } from '../../notebooks/document/read-notebook.ts';
import { runnableDigest } from '../../notebooks/document/runnable-digest.ts';
import type { AutosaveOptions } from './autosave.ts';
import type { NotebookStore, NotebookTrust } from './notebook-store.ts';

export interface NotebookPlace {
  readonly path: string;
  readonly store: NotebookStore;
  readonly trust: NotebookTrust;
}

/** What an open notebook begins with. */
export interface NotebookSource extends Pick<AutosaveOptions, 'base' | 'original'> {
  readonly document: NotebookDocument;
  readonly isTrusted: boolean;
  readonly recoveredFrom: string | null;
}

/** The notebook as its file has it. */
export async function readStored({ path, store, trust }: NotebookPlace): Promise<NotebookSource> {
  const { bytes, version } = await store.read(path);
  const document = withInjected(readNotebook(bytes));
  const isTrusted = await trust.isTrusted(await runnableDigest(document));
  return { document, isTrusted, base: version, original: document.text, recoveredFrom: null };
}

/** With changes that were not saved, so that it opens also where the file is damaged or gone. */
export async function readSource(place: NotebookPlace): Promise<NotebookSource> {
  const { path, store, trust } = place;
  const kept = await store.recovery.read(path);
  if (kept === null) return readStored(place);
  const document = withInjected(readNotebookText(kept.text));
  const isTrusted = await trust.isTrusted(await runnableDigest(document));
  // Of a file that is gone nobody's text would be overwritten.
  const base = (await store.version(path)) === null ? null : kept.base;
  return { document, isTrusted, base, original: null, recoveredFrom: kept.keptAt };
}
