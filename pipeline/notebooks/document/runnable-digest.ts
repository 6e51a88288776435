import { isListOfTexts, member } from './json-object.ts';
import type { DocumentCell, NotebookDocument } from './notebook-document.ts';

/** A tag keeps a cell from running, so that taking it away is a change of what runs. */
function runnable({ source, metadata }: DocumentCell): string | { readonly setup: string } {
  const tags = member(metadata, 'tags');
  return isListOfTexts(tags) && tags.includes('strata-setup') ? { setup: source } : source;
}

/** A key of all that would run: SHA-256 of the sources of code cells, in their order. */
export async function runnableDigest({ cells }: NotebookDocument): Promise<string> {
  const sources = cells.filter(({ type }) => type === 'code').map(runnable);
  const bytes = new TextEncoder().encode(JSON.stringify(sources));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
