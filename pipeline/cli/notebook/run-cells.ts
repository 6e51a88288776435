import { AppError } from '../../contract/errors.ts';
import type { NotebookSession } from '../../notebooks/session/notebook-session.ts';

/** Runs all cells until the signal cancels the one that runs. Throws CANCELLED where nothing was begun yet. */
export async function runCells(session: NotebookSession, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted === true) throw new AppError('CANCELLED', { what: 'The notebook' });
  const stop = (): void => session.cancel();
  signal?.addEventListener('abort', stop);
  try {
    await session.run('all', { again: true });
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}
