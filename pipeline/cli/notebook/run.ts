import { AppError } from '../../contract/errors.ts';
import type { CellState } from '../../contract/notebook.ts';
import { toNotebookCell } from '../../notebooks/document/cell-view.ts';
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
import { runCells } from './run-cells.ts';
import type { NotebookValues } from './values.ts';
import { readNotebookFile } from './read-file.ts';

interface Ran {
  readonly document: NotebookDocument;
  readonly states: readonly CellState[];
  /** Cells that need no run: pinned, with results in the file. */
  readonly kept: ReadonlySet<string>;
  readonly isCancelled: boolean;
}

function keptOf({ cells }: NotebookDocument): Set<string> {
  const kept = cells.filter((cell) => cell.outputs.length > 0 && toNotebookCell(cell).pinned);
  return new Set(kept.map(({ id }) => id));
}

/** Runs every cell of a notebook on a workspace. */
export async function runDocument(
  document: NotebookDocument,
  values: NotebookValues,
  io: CommandIo,
): Promise<Ran> {
  return withWorkspace(values, io, async (workspace, { pool, signal }) => {
    const { session, close } = await openSession({ workspace, pool, document });
    session.listen((states) => {
      for (const { id, status } of states) {
        if (status === 'running') io.progress(`notebook: ${cellTitle(document, id)}`);
      }
    });
    try {
      await runCells(session, signal);
      return {
        document: session.document,
        states: session.states(),
        kept: keptOf(document),
        isCancelled: signal?.aborted === true,
      };
    } finally {
      await close();
    }
  });
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

/** What could not run, because what it reads failed or somebody cancelled, shows that in the file, and not what it once was. */
function withErrors({ document, states, kept, isCancelled }: Ran): NotebookDocument {
  const known = new Map(states.map((state) => [state.id, state]));
  const cancelled = errorOutput(new AppError('CANCELLED', { what: 'The cell' }));
  const cells = document.cells.map((cell) => {
    const { kind = 'foreign', status, error } = known.get(cell.id) ?? { error: null };
    if (error !== null) return { ...cell, outputs: [errorOutput(error)] };
    if (!isCancelled || !runs.has(kind) || status === 'done' || kept.has(cell.id)) return cell;
    return { ...cell, outputs: status === 'cancelled' ? [cancelled] : [] };
  });
  return { ...document, cells };
}

function cancelledError({ states, kept }: Ran, out: string | undefined): AppError {
  const cells = states.filter(({ id, kind }) => runs.has(kind) && !kept.has(id));
  return new AppError('NOTEBOOK_CANCELLED', {
    done: cells.filter(({ status }) => status === 'done').length,
    cells: cells.length,
    kept: out === undefined ? '' : `; what they gave is in ${out}`,
  });
}

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
  if (ran.isCancelled) throw cancelledError(ran, out);
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
