import { AppError } from '../../../contract/errors.ts';
import { engineError } from '../../engine-error.ts';

const walls =
  /^Permission Error|configuration has been locked|attached in read-only mode|system catalog|file system operations are disabled/;

/** What DuckDB threw; where it met one of the locks, SQL_FORBIDDEN. `path` is for errors that name the database. */
export function lockedError(error: unknown, path: string): AppError {
  if (error instanceof AppError) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (!walls.test(message)) return engineError(error, path);
  return new AppError('SQL_FORBIDDEN', { problem: message }, { cause: error });
}
