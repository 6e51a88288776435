const view = '#notebooks';

/** The notebook that an address such as `#notebooks/rfm.ipynb` names; null for the list. */
export function notebookOfHash(hash: string): string | null {
  if (!hash.startsWith(`${view}/`)) return null;
  const path = hash.slice(view.length + 1);
  try {
    return path === '' ? null : decodeURIComponent(path);
  } catch {
    return null;
  }
}

export function notebookHash(path: string | null): string {
  return path === null ? view : `${view}/${path.split('/').map(encodeURIComponent).join('/')}`;
}

/** What a file is called without its folder and ending. */
export function notebookTitle(path: string): string {
  return (path.split('/').at(-1) ?? path).replace(/\.ipynb$/i, '');
}
