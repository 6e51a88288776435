import { formatJson, nbformatStyle } from '../document/format-json.ts';
import type { NotebookDocument } from '../document/notebook-document.ts';
import { readNotebookText } from '../document/read-notebook.ts';
import { writeNotebook } from '../document/write-notebook.ts';

/** SHA-256 in hexadecimal. */
export async function sha256(bytes: Uint8Array): Promise<string> {
  // A view of shared memory is none that the platform hashes.
  const digest = await crypto.subtle.digest('SHA-256', Uint8Array.from(bytes));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A hash of each code cell's outputs, as a file holds them: by the cell's id. */
export async function outputHashes(document: NotebookDocument): Promise<Record<string, string>> {
  const { cells } = readNotebookText(writeNotebook({ ...document, text: null }));
  const hashes: [string, string][] = [];
  for (const { id, type, outputs } of cells) {
    if (type !== 'code') continue;
    const json = formatJson(outputs, nbformatStyle, 0);
    hashes.push([id, await sha256(new TextEncoder().encode(json))]);
  }
  return Object.fromEntries(hashes);
}
