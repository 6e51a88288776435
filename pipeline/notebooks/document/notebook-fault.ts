import { AppError } from '../../contract/errors.ts';

/** The one way to say that a file is no notebook we can read; `problem` is a sentence that says where. */
export function invalidNotebook(problem: string, cause?: unknown): AppError {
  return new AppError('NOTEBOOK_INVALID', { problem }, { cause });
}

/** Line and column of an offset, both counted from one. */
export function placeOf(text: string, offset: number): string {
  let line = 1;
  let lineStart = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) {
    line++;
    lineStart = at + 1;
  }
  return `line ${line}, column ${offset - lineStart + 1}`;
}
