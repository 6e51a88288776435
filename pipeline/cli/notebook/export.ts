import { basename } from 'node:path';
import { AppError } from '../../contract/errors.ts';
import { exportFormat } from '../../contract/notebook.ts';
import { openSession } from '../../runs/notebook/open-session.ts';
import { exportShare } from '../../runs/notebook/share-notebook.ts';
import { fileError } from '../../workspace/node/file-error.ts';
import { replaceFile } from '../../workspace/node/replace-file.ts';
import { type CommandIo, oneOf, required } from '../command.ts';
import { toJson } from '../print.ts';
import { withWorkspace } from '../session.ts';
import { choicesOf } from './choices.ts';
import { failureOf } from './failure.ts';
import { runCells } from './run-cells.ts';
import { readNotebookFile } from './read-file.ts';
import type { NotebookValues } from './values.ts';

/** Runs a notebook and writes what can be given away. */
export async function exportAction(
  file: string | undefined,
  values: NotebookValues,
  io: CommandIo,
): Promise<void> {
  const format = oneOf(required(values.format, 'format'), 'format', exportFormat.options);
  const out = required(values.out, 'out');
  const choices = choicesOf(values);
  const { path, document } = await readNotebookFile(file, values.set);
  const { bytes } = await withWorkspace(values, io, async (workspace, { pool, signal }) => {
    const { close, ...shared } = await openSession({ workspace, pool, document });
    try {
      io.progress('notebook: running');
      await runCells(shared.session, signal);
      if (signal?.aborted === true) throw new AppError('CANCELLED', { what: 'The export' });
      const failure = failureOf(document, shared.session.states());
      if (failure !== null) throw failure;
      io.progress(`notebook: writing ${format}`);
      const name = basename(path, '.ipynb');
      return await exportShare(shared, { name, format, choices, now: new Date(), signal });
    } finally {
      await close();
    }
  });
  await replaceFile(out, bytes).catch((error: unknown) => {
    throw fileError(error, out);
  });
  if (values.json === true) io.out(toJson({ out, format, bytes: bytes.byteLength, choices }));
  else io.out(`${out}: ${bytes.byteLength} bytes`);
}
