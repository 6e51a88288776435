import { implement, ORPCError, ValidationError } from '@orpc/server';
import { contract } from '../contract/contract.ts';
import { AppError, asAppError } from '../contract/errors.ts';
import type { HostLogger } from './logger.ts';

function inputProblem(error: unknown): string | null {
  if (!(error instanceof ORPCError) || error.code !== 'BAD_REQUEST') return null;
  if (!(error.cause instanceof ValidationError)) return null;
  return error.cause.issues
    .map(({ path = [], message }) => {
      const place = path.map((part) => String(typeof part === 'object' ? part.key : part));
      return place.length === 0 ? message : `${place.join('.')}: ${message}`;
    })
    .join('; ');
}

/** What a caller is told of anything thrown; a fault of our own is logged with its stack first. */
function told(error: unknown, logger: HostLogger, signal: AbortSignal | undefined): AppError {
  const problem = inputProblem(error);
  if (problem !== null) return new AppError('REQUEST_INVALID', { problem });
  if (!(error instanceof AppError) && signal?.aborted === true) {
    return new AppError('CANCELLED', { what: 'The call' }, { cause: error });
  }
  const known = asAppError(error);
  if (known.code === 'INTERNAL') logger.error('A call failed', error);
  return known;
}

/** The contract, to be given handlers. Every error leaves them as `APP`. */
export function answering(logger: HostLogger) {
  return implement(contract).use(async ({ next, signal }) => {
    try {
      return await next();
    } catch (error) {
      const { code, message, next } = told(error, logger, signal);
      throw new ORPCError('APP', { message, data: { code, message, next } });
    }
  });
}

export type Answering = ReturnType<typeof answering>;
