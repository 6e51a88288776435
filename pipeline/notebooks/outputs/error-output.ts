import type { JsonObject } from '../document/notebook-document.ts';

/** nbformat's output of a cell that failed: the sentence, without a stack. */
export function errorOutput(error: {
  readonly code: string;
  readonly message: string;
}): JsonObject {
  return { output_type: 'error', ename: error.code, evalue: error.message, traceback: [] };
}
