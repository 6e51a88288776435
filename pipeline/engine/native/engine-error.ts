import { AppError } from '../../contract/errors.ts';

interface Pattern {
  readonly match: RegExp;
  readonly error: (path: string, message: string, match: RegExpMatchArray) => AppError;
}

/** DuckDB tells its failures apart by text only; these are the ones a person can do something about. */
const patterns: readonly Pattern[] = [
  {
    match: /Could not set lock on file .*?(?:Conflicting lock is held in (.+?)\.? See)/s,
    error: (path, _message, match) =>
      new AppError('WORKSPACE_LOCKED', { path, holder: ` (${match[1] ?? 'unknown'})` }),
  },
  {
    match: /Could not set lock on file/,
    error: (path) => new AppError('WORKSPACE_LOCKED', { path, holder: '' }),
  },
  {
    match:
      /No space left on device|max_temp_directory_size|[Dd]isk full|file size limit|not enough space/,
    error: (path) => new AppError('DISK_FULL', { path }),
  },
  {
    match: /Out of Memory Error: .*?(\d[\d.]* [KMGT]?i?B)(?:\/(\d[\d.]* [KMGT]?i?B))?/s,
    error: (_path, _message, match) =>
      new AppError('MEMORY_LIMIT', { limit: match[2] ?? match[1] ?? 'the engine' }),
  },
  {
    match: /INTERRUPT Error/,
    error: () => new AppError('CANCELLED', { what: 'The statement' }),
  },
  {
    match: /[Pp]ermission denied/,
    error: (path) => new AppError('PERMISSION_DENIED', { path }),
  },
  {
    match:
      /not a valid DuckDB database file|Corrupt database file|[Cc]hecksum|could not read from file/,
    error: (path, message) =>
      new AppError('WORKSPACE_DAMAGED', { path, problem: firstLine(message) }),
  },
];

function firstLine(message: string): string {
  return message.split('\n', 1)[0] ?? message;
}

/** Translates what DuckDB threw; a statement's own fault becomes SQL_INVALID with DuckDB's words. */
export function engineError(error: unknown, path: string): AppError {
  if (error instanceof AppError) return error;
  const message = error instanceof Error ? error.message : String(error);
  for (const pattern of patterns) {
    const match = pattern.match.exec(message);
    if (match !== null) {
      const known = pattern.error(path, message, match);
      known.cause = error;
      return known;
    }
  }
  return new AppError('SQL_INVALID', { problem: message }, { cause: error });
}
