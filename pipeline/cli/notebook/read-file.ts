import { readFile } from 'node:fs/promises';
import { AppError } from '../../contract/errors.ts';
import { withInjected } from '../../notebooks/cells/injected-parameters.ts';
import { setInputs } from '../../notebooks/cells/set-inputs.ts';
import type { NotebookDocument } from '../../notebooks/document/notebook-document.ts';
import { readNotebook } from '../../notebooks/document/read-notebook.ts';
import { fileError } from '../../workspace/node/file-error.ts';

function assignments(given: readonly string[]): Map<string, string> {
  return new Map(
    given.map((one) => {
      const at = one.indexOf('=');
      if (at > 0) return [one.slice(0, at), one.slice(at + 1)] as const;
      throw new AppError('BAD_USAGE', { problem: `--set takes NAME=VALUE, not "${one}".` });
    }),
  );
}

/** The notebook of a file, with the values that papermill gave its inputs, and over these those of `--set`. */
export async function readNotebookFile(
  file: string | undefined,
  given: readonly string[] = [],
): Promise<{ path: string; document: NotebookDocument }> {
  if (file === undefined) throw new AppError('BAD_USAGE', { problem: 'The FILE is missing.' });
  const bytes = await readFile(file).catch((error: unknown) => {
    throw fileError(error, file);
  });
  return { path: file, document: setInputs(withInjected(readNotebook(bytes)), assignments(given)) };
}
