import type { NotebookDocument } from './notebook-document.ts';

const longest = 120;

/** The first heading; a file without one is called by its name. */
export function notebookTitle({ cells }: NotebookDocument, path: string): string {
  for (const { type, source } of cells) {
    const heading = type === 'markdown' ? /^\s{0,3}#{1,3}\s+(.+?)\s*#*$/m.exec(source)?.[1] : null;
    if (heading !== null && heading !== undefined) return heading.slice(0, longest);
  }
  return (
    path
      .split('/')
      .at(-1)
      ?.replace(/\.ipynb$/, '') ?? path
  );
}
