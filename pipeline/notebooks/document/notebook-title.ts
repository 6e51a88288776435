import type { NotebookDocument } from './notebook-document.ts';

const longest = 120;

/** The first heading of the prose, without its marks; null where there is none. */
export function headingOf({ cells }: NotebookDocument): string | null {
  for (const { type, source } of cells) {
    if (type !== 'markdown') continue;
    const found = /^ {0,3}#{1,6}[ \t]+(.{1,300})$/m.exec(source.slice(0, 20_000))?.[1] ?? '';
    const text = found
      .trimEnd()
      .replace(/(?:^|[ \t])#+$/, '')
      .replaceAll(/\\([\\`*_[\]<>#])|[*_`]/g, '$1')
      .trim();
    if (text !== '') return text.slice(0, longest);
  }
  return null;
}

/** Its heading; a file without one is called by its name. */
export function notebookTitle(document: NotebookDocument, path: string): string {
  const name = path.split('/').at(-1) ?? path;
  return headingOf(document) ?? name.replace(/\.ipynb$/, '');
}
