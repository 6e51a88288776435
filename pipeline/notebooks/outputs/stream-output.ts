import type { JsonObject } from '../document/notebook-document.ts';

/** What a cell printed. */
export function streamOutput(text: string, name: 'stdout' | 'stderr' = 'stdout'): JsonObject {
  return { output_type: 'stream', name, text };
}
