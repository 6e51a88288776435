import type { AppError } from '../../contract/errors.ts';
import type { JsonObject } from '../document/notebook-document.ts';

/** nbformat's output of a cell that failed: the sentence, without a stack. */
export function errorOutput(error: AppError): JsonObject {
  return { output_type: 'error', ename: error.code, evalue: error.message, traceback: [] };
}
