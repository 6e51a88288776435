import { AppError } from '../../contract/errors.ts';
import { systemCode } from './system-code.ts';

/** Gives the operating system's refusals their codes. */
export function fileError(error: unknown, path: string): AppError {
  if (error instanceof AppError) return error;
  switch (systemCode(error) ?? '') {
    case 'ENOENT':
    case 'ENOTDIR':
      return new AppError('FILE_NOT_FOUND', { path }, { cause: error });
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new AppError('PERMISSION_DENIED', { path }, { cause: error });
    case 'ENOSPC':
    case 'EDQUOT':
      return new AppError('DISK_FULL', { path }, { cause: error });
    case 'EISDIR':
      return new AppError('FILE_UNREADABLE', { path, problem: 'it is a folder' }, { cause: error });
    default: {
      const problem = error instanceof Error ? error.message : String(error);
      return new AppError('FILE_UNREADABLE', { path, problem }, { cause: error });
    }
  }
}
