import { AppError } from '../contract/errors.ts';
import type { Connection } from './engine.ts';

/** Too little memory shows as itself, or as spilling that found no room on the disk. */
const LACKING: ReadonlySet<string> = new Set(['MEMORY_LIMIT', 'DISK_FULL']);

/**
 * Does work, a transaction or more of them, in the little memory that an engine starts with; if that does not do, once
 * more with all that it may have.
 */
export async function withRoom<T>(connection: Connection, work: () => Promise<T>): Promise<T> {
  const before = connection.memoryLimit;
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AppError) || !LACKING.has(error.code)) throw error;
    // Another connection may have lifted the limit meanwhile. Within a transaction, which the error ended, none can be
    // lifted: whoever began it does the work once more.
    if (connection.memoryLimit === before && !(await connection.moreMemory().catch(() => false))) {
      throw error;
    }
    return work();
  }
}
