import { AppError } from '../../contract/errors.ts';
import type { CellState } from '../../contract/notebook.ts';
import type { NotebookDocument } from '../../notebooks/document/notebook-document.ts';
import { errorOutput } from '../../notebooks/outputs/error-output.ts';
import { writeNotebook } from '../../notebooks/document/write-notebook.ts';
import { openSession } from '../../runs/notebook/open-session.ts';
import { replaceFile } from '../../workspace/node/replace-file.ts';
import { fileError } from '../../workspace/node/file-error.ts';
import type { CommandIo } from '../command.ts';
import { formatTable, toJson } from '../print.ts';
import { withWorkspace } from '../session.ts';
import { cellTitle } from './cell-title.ts';
import { failureOf } from './failure.ts';
import type { NotebookValues } from './values.ts';
import { readNotebookFile } from './read-file.ts';

interface Ran {
  readonly document: NotebookDocument;
  readonly states: readonly CellState[];
}

/** Runs every cell of a notebook on a workspace. */
export async function runDocument(
  document: NotebookDocument,
  values: NotebookValues,
  io: CommandIo,
): Promise<Ran> {
  return withWorkspace(values, io, async (workspace, { pool, signal }) => {
    const { session, close } = await openSession({ workspace, pool, document });
    const stop = (): void => session.cancel();
    signal?.addEventListener('abort', stop);
    session.listen((states) => {
      for (const { id, status } of states) {
        if (status === 'running') io.progress(`notebook: ${cellTitle(document, id)}`);
      }
    });
    try {
      await session.run('all', { again: true });
      if (signal?.aborted === true) throw new AppError('CANCELLED', { what: 'The notebook' });
      return { document: session.document, states: session.states() };
    } finally {
      signal?.removeEventListener('abort', stop);
      await close();
    }
  });
}

/** What could not run, because what it reads failed, shows that in the file, and not what it once was. */
function withErrors({ document, states }: Ran): NotebookDocument {
  const errors = new Map(states.map(({ id, error }) => [id, error]));
  const cells = document.cells.map((cell) => {
    const error = errors.get(cell.id) ?? null;
    return error === null ? cell : { ...cell, outputs: [errorOutput(error)] };
  });
  return { ...document, cells };
}

const runs = new Set([
  'sql',
  'input',
  'chart',
  'features',
  'tuning',
  'kpis',
  'javascript',
  'typescript',
]);

function print({ document, states }: Ran, io: CommandIo): void {
  const rows = states
    .filter(({ kind, error }) => runs.has(kind) || error !== null)
    .map(({ id, kind, status, elapsedMs, rows }) => [
      cellTitle(document, id),
      kind,
      status,
      elapsedMs === null ? '' : elapsedMs.toFixed(0),
      rows === null ? '' : String(rows),
    ]);
  io.out(formatTable(['cell', 'kind', 'status', 'ms', 'rows'], rows));
}

export async function runAction(
  file: string | undefined,
  values: NotebookValues,
  io: CommandIo,
): Promise<void> {
  const { document } = await readNotebookFile(file, values.set);
  const ran = await runDocument(document, values, io);
  const { out } = values;
  if (out !== undefined) {
    await replaceFile(out, writeNotebook(withErrors(ran))).catch((error: unknown) => {
      throw fileError(error, out);
    });
  }
  const failure = failureOf(document, ran.states);
  const cells = ran.states.map(({ id, kind, status, error, rows, elapsedMs, defines, reads }) => ({
    id,
    kind,
    status,
    defines,
    reads,
    rows,
    elapsedMs,
    error,
  }));
  if (values.json === true) io.out(toJson({ ok: failure === null, out: out ?? null, cells }));
  else print(ran, io);
  if (failure !== null) throw failure;
}
