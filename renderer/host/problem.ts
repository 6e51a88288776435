import { ORPCError } from '@orpc/client';
import { asAppError, errorTable } from '../../pipeline/contract/errors.ts';

/** What a person is told when something failed: the sentence, its code, the next step, and whether a retry may help. */
export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly next: string;
  readonly retry: boolean;
}

interface Told {
  readonly code: string;
  readonly message: string;
  readonly next: string;
}

function isTold(data: unknown): data is Told {
  if (typeof data !== 'object' || data === null) return false;
  const { code, message, next } = data as Record<string, unknown>;
  return typeof code === 'string' && typeof message === 'string' && typeof next === 'string';
}

function mayRetry(code: string): boolean {
  const entry = Object.entries(errorTable).find(([known]) => known === code);
  return entry?.[1].retry ?? false;
}

/** A problem as a host told it, on whichever way it came. */
export function toldProblem(told: Told): Problem {
  return { code: told.code, message: told.message, next: told.next, retry: mayRetry(told.code) };
}

/** The problem in a JSON body such as `{"code", "message", "next"}`, or null if it is something else. */
export function problemInBody(text: string): Problem | null {
  try {
    const body: unknown = JSON.parse(text);
    return isTold(body) ? toldProblem(body) : null;
  } catch {
    return null;
  }
}

/** Carries a problem that a host told where something has to be thrown. */
export class ToldError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.message);
    this.name = 'ToldError';
    this.problem = problem;
  }
}

/** Gives whatever was thrown its sentence, code and next step. */
export function toProblem(error: unknown): Problem {
  if (error instanceof ToldError) return error.problem;
  if (error instanceof ORPCError && error.code === 'APP' && isTold(error.data)) {
    return toldProblem(error.data);
  }
  const known = asAppError(error);
  return toldProblem({ code: known.code, message: known.message, next: known.next });
}
