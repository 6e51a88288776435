import { AppError } from '../../contract/errors.ts';
import type { CellState } from '../../contract/notebook.ts';
import type { NotebookDocument } from '../../notebooks/document/notebook-document.ts';
import { cellTitle } from './cell-title.ts';

/** What is told where cells failed; null where none did. */
export function failureOf(
  document: NotebookDocument,
  states: readonly CellState[],
): AppError | null {
  const failed = states.filter(({ error }) => error !== null);
  const [first] = failed;
  if (first === undefined) return null;
  const problem = `"${cellTitle(document, first.id)}": ${first.error?.message ?? ''}`;
  return new AppError('NOTEBOOK_FAILED', { failed: failed.length, problem });
}
