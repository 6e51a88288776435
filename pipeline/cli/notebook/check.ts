import { AppError } from '../../contract/errors.ts';
import { openSession } from '../../runs/notebook/open-session.ts';
import type { CommandIo } from '../command.ts';
import { toJson } from '../print.ts';
import { withWorkspace } from '../session.ts';
import { cellTitle } from './cell-title.ts';
import type { NotebookValues } from './values.ts';
import { queryProblems } from './query-problems.ts';
import { readNotebookFile } from './read-file.ts';

/** Reads a notebook, parses its queries and works out its names and its order; nothing of it runs. */
export async function checkAction(
  file: string | undefined,
  values: NotebookValues,
  io: CommandIo,
): Promise<void> {
  const { path, document: read } = await readNotebookFile(file);
  const document = { ...read, mode: 'manual' as const };
  const states = await withWorkspace(values, io, async (workspace, { pool }) => {
    const { session, tables, close } = await openSession({ workspace, pool, document });
    try {
      await session.idle();
      const queries = await queryProblems(document, tables);
      return session
        .states()
        .map(({ id, error }) => ({ id, error: error ?? queries.get(id) ?? null }));
    } finally {
      await close();
    }
  });
  const problems = states.flatMap(({ id, error }) =>
    error === null
      ? []
      : [{ cell: id, title: cellTitle(document, id), code: error.code, problem: error.message }],
  );
  if (values.json === true) io.out(toJson({ file: path, cells: states.length, problems }));
  else if (problems.length === 0) io.out(`${path}: ${states.length} cells, nothing wrong`);
  else for (const { title, problem } of problems) io.out(`${title}: ${problem}`);
  const [first] = problems;
  if (first === undefined) return;
  const problem = `"${first.title}": ${first.problem}`;
  throw new AppError('NOTEBOOK_FAILED', { failed: problems.length, problem });
}
