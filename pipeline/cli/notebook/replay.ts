import { readFile } from 'node:fs/promises';
import { AppError } from '../../contract/errors.ts';
import { replayShare } from '../../runs/notebook/share-notebook.ts';
import type { Replay } from '../../notebooks/share/replay.ts';
import { fileError } from '../../workspace/node/file-error.ts';
import type { CommandIo } from '../command.ts';
import { toJson } from '../print.ts';
import type { NotebookValues } from './values.ts';

const wordsOf = ({ strata, duckdb }: Replay['versions']): string =>
  `Strata ${strata} and DuckDB ${duckdb}`;

/** Reruns a bundle on its own data and says whether it came out the same. */
export async function replayAction(
  file: string | undefined,
  values: NotebookValues,
  io: CommandIo,
): Promise<void> {
  if (file === undefined) throw new AppError('BAD_USAGE', { problem: 'The FILE is missing.' });
  const bytes = await readFile(file).catch((error: unknown) => {
    throw fileError(error, file);
  });
  const replay = await replayShare(bytes, io.signal);
  const different = replay.kind === 'different' ? replay.different : [];
  const { kind, cells, versions } = replay;
  const made = wordsOf(versions);
  const here = wordsOf(replay.here);
  if (values.json === true) {
    io.out(toJson({ file, kind, cells, different, versions, here: replay.here }));
  } else io.out(`${file}: ${cells} cells, ${kind}\nmade with ${made}, run again with ${here}`);
  if (kind !== 'different') return;
  throw new AppError('NOTEBOOK_DIFFERS', { cells: different.join(', '), made, here });
}
