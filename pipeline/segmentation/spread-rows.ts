import { AppError } from '../contract/errors.ts';
import type { Points } from '../statistics/clustering/kernel/kernel.ts';
import { countBlocks, type RowPass, type RowSteps } from '../statistics/clustering/row-passes.ts';
import { onWorker, translated, type Work } from '../work/on-worker.ts';
import { together } from '../work/together.ts';

/** Whole numbers from 0 to `total` in so many runs of nearly equal length. */
export function splitEvenly(total: number, groups: number): { from: number; to: number }[] {
  const boundary = (group: number): number => Math.round((total * group) / groups);
  return Array.from({ length: groups }, (_, group) => ({
    from: boundary(group),
    to: boundary(group + 1),
  }));
}

/** Takes steps here, and their passes over the rows on so many workers; throws as `onWorker` does. */
export async function spreadSteps<Result>(
  { matrix, origin, scale }: Points,
  steps: RowSteps<Result>,
  { what, threads, ...work }: Work & { readonly what: string; readonly threads: number },
): Promise<Result> {
  const points = { matrix, origin, scale };
  const blocks = countBlocks(matrix.rows);
  const groups = splitEvenly(blocks, Math.min(blocks, threads));
  const pass = async (of: RowPass) => {
    const parts = groups.map(
      (group) => (signal: AbortSignal) =>
        onWorker({ ...work, signal }, what, 'passBlocks', points, of, group),
    );
    return (await together(work.signal, parts)).flat();
  };
  try {
    for (let step = steps.next(); ;) {
      if (step.done === true) return step.value;
      step = steps.next(await pass(step.value));
    }
  } catch (error) {
    throw error instanceof AppError ? error : translated(error, what, work.signal);
  }
}
