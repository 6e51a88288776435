import { AppError } from '../contract/errors.ts';
import type { Connection } from './engine.ts';

/**
 * Does work, a transaction or more of them, in the little memory that an engine starts with; if that does not do, once
 * more with all that it may have.
 */
export async function withRoom<T>(connection: Connection, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const lacksMemory = error instanceof AppError && error.code === 'MEMORY_LIMIT';
    if (!lacksMemory || !(await connection.moreMemory())) throw error;
    return work();
  }
}
