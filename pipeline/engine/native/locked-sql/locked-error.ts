import { AppError } from '../../../contract/errors.ts';
import { engineError } from '../../engine-error.ts';

const walls =
  /^Permission Error|configuration has been locked|attached in read-only mode|system catalog|file system operations are disabled/;

/**
 * What DuckDB threw; where it met one of the locks, SQL_FORBIDDEN. `path` is for errors that name the database, `spill` how much
 * it may spill where that was set; otherwise DuckDB's own bound is the disk.
 */
export function lockedError(error: unknown, path: string, spill: string | null = null): AppError {
  if (error instanceof AppError) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (spill !== null && message.includes("'max_temp_directory_size'")) {
    return new AppError('SQL_SPILL_LIMIT', { limit: spill }, { cause: error });
  }
  if (!walls.test(message)) return engineError(error, path);
  return new AppError('SQL_FORBIDDEN', { problem: message }, { cause: error });
}
