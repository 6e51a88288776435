import { AppError } from '../contract/errors.ts';

/** Strata's own SQL that fails is Strata's fault, and no advice to correct a statement helps whoever runs it. */
export async function ownFault<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'SQL_INVALID') throw error;
    const why = String(error.details['problem']).split('\n', 1)[0] ?? '';
    throw new AppError('INTERNAL', { problem: `${what} failed: ${why}` }, { cause: error });
  }
}
