import { hostErrors } from './host-errors.ts';
import { notebookErrors } from './notebook-errors.ts';
import { sourceErrors } from './source-errors.ts';
import { stepErrors } from './step-errors.ts';
import { workspaceErrors } from './workspace-errors.ts';

/** What a code means to the person who meets it: the sentence, whether trying again helps, the exit code, the next step. */
interface ErrorEntry {
  readonly message: string;
  readonly retry: boolean;
  readonly exit: 1 | 2 | 130;
  readonly next: string;
}

/** Every error Strata raises on purpose. `{name}` in a sentence is filled from the error's details. */
export const errorTable = {
  ...workspaceErrors,
  ...sourceErrors,
  ...stepErrors,
  ...hostErrors,
  ...notebookErrors,
  INTERNAL: {
    message: 'Strata met a fault of its own: {problem}',
    retry: false,
    exit: 1,
    next: 'Please report it with the text above; data that was committed is safe.',
  },
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof errorTable;
export type ErrorDetails = Readonly<Record<string, string | number>>;

/** What crosses a wire, and what `--json` prints. */
export interface ErrorMessage {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details: ErrorDetails;
}

function fill(sentence: string, details: ErrorDetails): string {
  return sentence.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(details[name] ?? ''));
}

/** An error with a code from the table. Anything else that is thrown is a fault of Strata's own. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails = {}, options?: { cause?: unknown }) {
    super(fill(errorTable[code].message, details), options);
    this.name = 'AppError';
    this.code = code;
    this.details = details;
  }

  get next(): string {
    return fill(errorTable[this.code].next, this.details);
  }

  get exit(): 1 | 2 | 130 {
    return errorTable[this.code].exit;
  }

  toJSON(): ErrorMessage {
    return { code: this.code, message: this.message, details: this.details };
  }
}

/** Gives every thrown value a code, so that no transport and no terminal shows a bare stack. */
export function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const problem = error instanceof Error ? error.message : String(error);
  return new AppError('INTERNAL', { problem }, { cause: error });
}
