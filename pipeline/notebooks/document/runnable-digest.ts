import type { NotebookDocument } from './notebook-document.ts';

/** A key of all that would run: SHA-256 of the sources of code cells, in their order. */
export async function runnableDigest({ cells }: NotebookDocument): Promise<string> {
  const sources = cells.filter(({ type }) => type === 'code').map(({ source }) => source);
  const bytes = new TextEncoder().encode(JSON.stringify(sources));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
