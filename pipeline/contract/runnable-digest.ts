/** What of a code cell decides what would run: a tag keeps the setup cell from it. */
export interface RunnableCell {
  readonly source: string;
  readonly isSetup: boolean;
}

/** A key of all that would run: SHA-256 of the sources of code cells, in their order. */
export async function digestOfRunnable(cells: readonly RunnableCell[]): Promise<string> {
  const sources = cells.map(({ source, isSetup }) => (isSetup ? { setup: source } : source));
  const bytes = new TextEncoder().encode(JSON.stringify(sources));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
