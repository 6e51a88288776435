import type { NotebookStore } from './notebook-store.ts';

/** Writes a notebook to a name that nothing has, and tells it; where somebody takes that name first, to the next. */
export async function writeBeside(
  store: NotebookStore,
  title: string,
  text: string,
): Promise<string> {
  for (;;) {
    const path = await store.freePath(title);
    if ((await store.write(path, text, null)) !== null) return path;
  }
}
