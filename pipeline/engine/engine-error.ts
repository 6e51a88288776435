import { AppError } from '../contract/errors.ts';

interface Pattern {
  readonly match: RegExp;
  readonly error: (path: string, message: string, match: RegExpMatchArray) => AppError;
}

/**
 * DuckDB tells its failures apart by text only; these are the ones a person can do something about.
 * The kind at the start is part of a pattern: a column called "checksum" that is not there is no damage.
 */
const patterns: readonly Pattern[] = [
  {
    match:
      /\bIO Error: Could not set lock on file .*?(?:Conflicting lock is held in (.+?)\.? (?:See|However,))/s,
    error: (path, _message, match) =>
      new AppError('WORKSPACE_LOCKED', { path, holder: ` (${match[1] ?? 'unknown'})` }),
  },
  {
    match: /\bIO Error: Could not set lock on file/,
    error: (path) => new AppError('WORKSPACE_LOCKED', { path, holder: '' }),
  },
  {
    match:
      /\b(?:IO|Out of Memory|TransactionContext|FATAL) Error: .*(?:No space left on device|'max_temp_directory_size' setting|[Dd]isk full|file size limit|[Ff]ile too large|not enough space)/s,
    error: (path) => new AppError('DISK_FULL', { path }),
  },
  {
    match: /\bOut of Memory Error: (?:.*?\/(\d[\d.]* [KMGT]?i?B|\d+ bytes) used)?/s,
    error: (_path, _message, match) =>
      new AppError('MEMORY_LIMIT', { limit: match[1] ?? 'the engine' }),
  },
  {
    match: /\bINTERRUPT Error|^query was canceled$/,
    error: () => new AppError('CANCELLED', { what: 'The statement' }),
  },
  {
    match: /\b(?:IO|Permission) Error: .*[Pp]ermission denied/s,
    error: (path) => new AppError('PERMISSION_DENIED', { path }),
  },
  {
    match:
      /\b(?:IO|FATAL|Serialization) Error: .*(?:not a valid DuckDB database file|Corrupt database file|[Cc]hecksum|[Cc]ould not read from file)/s,
    error: (path, message) =>
      new AppError('WORKSPACE_DAMAGED', { path, problem: firstLine(message) }),
  },
];

function firstLine(message: string): string {
  return message.split('\n', 1)[0] ?? message;
}

/** DuckDB-WASM hands the faults of its parser and binder on as JSON; native as text. */
function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (!message.startsWith('{"exception_type"')) return message;
  const told = JSON.parse(message) as { exception_type: string; exception_message: string };
  return `${told.exception_type} Error: ${told.exception_message}`;
}

/** Translates what DuckDB threw; a statement's own fault becomes SQL_INVALID with DuckDB's words. */
export function engineError(error: unknown, path: string): AppError {
  if (error instanceof AppError) return error;
  const message = messageOf(error);
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
