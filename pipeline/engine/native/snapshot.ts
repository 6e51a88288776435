import { execFile } from 'node:child_process';
import { constants, statSync } from 'node:fs';
import { rename, rm, utimes } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { AppError } from '../../contract/errors.ts';
import type { Connection } from '../engine.ts';

export interface SnapshotOptions {
  readonly connection: Connection;
  /** The database file that `connection` writes. */
  readonly source: string;
  /** Replaced by rename, so that whoever has the old one open keeps it. */
  readonly target: string;
  /** How long to wait for those who still read what has been changed since. */
  readonly patienceMs?: number;
}

const PATIENCE_MS = 5000;
const AGAIN_AFTER_MS = 50;

/** A key that changes whenever a database file or its log does; null where there is no file. */
export function fileVersion(path: string): string | null {
  const file = statSync(path, { throwIfNoEntry: false });
  const log = statSync(`${path}.wal`, { throwIfNoEntry: false });
  if (file === undefined) return null;
  return [file.ino, file.size, file.mtimeMs, log?.size ?? 0, log?.mtimeMs ?? 0].join(' ');
}

/** A copy carries its source's time, so the two tell without opening either whether they are the same. */
function isCurrent(source: string, target: string): boolean {
  const from = statSync(source);
  const to = statSync(target, { throwIfNoEntry: false });
  const log = statSync(`${source}.wal`, { throwIfNoEntry: false });
  return (
    to !== undefined &&
    (log?.size ?? 0) === 0 &&
    from.size === to.size &&
    Math.trunc(from.mtimeMs) === Math.round(to.mtimeMs)
  );
}

const copyProgram = `
  try { require('node:fs').copyFileSync(process.argv[1], process.argv[2], ${constants.COPYFILE_FICLONE}); }
  catch (error) { process.stderr.write(String(error.code)); process.exitCode = 1; }`;

/**
 * Copies in another process. Closing any descriptor of a file drops all locks that this process has on it (POSIX),
 * so a copy made here would leave the warehouse open to a second writer.
 */
async function copyElsewhere(source: string, target: string): Promise<void> {
  const { SystemRoot } = process.env;
  try {
    await promisify(execFile)(process.execPath, ['-e', copyProgram, source, target], {
      env: { ELECTRON_RUN_AS_NODE: '1', ...(SystemRoot === undefined ? {} : { SystemRoot }) },
    });
  } catch (error) {
    const { stderr = '' } = error as { stderr?: string };
    if (stderr === 'ENOSPC') throw new AppError('DISK_FULL', { path: target }, { cause: error });
    if (stderr === 'EACCES') {
      throw new AppError('PERMISSION_DENIED', { path: target }, { cause: error });
    }
    const problem = `the snapshot ${target} could not be made (${stderr})`;
    throw new AppError('INTERNAL', { problem }, { cause: error });
  }
}

/** DuckDB does not write a checkpoint while a reader may still need a row as it was before an update. */
async function checkpoint(connection: Connection, patienceMs: number): Promise<void> {
  const until = performance.now() + patienceMs;
  for (;;) {
    try {
      await connection.run('checkpoint');
      return;
    } catch (error) {
      if (!(error instanceof Error) || !error.message.includes('Cannot CHECKPOINT')) throw error;
      if (performance.now() >= until) throw new AppError('SNAPSHOT_BUSY', {}, { cause: error });
      await setTimeout(AGAIN_AFTER_MS);
    }
  }
}

/**
 * Makes `target` a whole copy of a database that stays open for writing; cheap where the file system shares blocks.
 * The caller guarantees that from call to return nothing else writes through this or another connection:
 * after CHECKPOINT all committed data is in the file and the log is empty, and only a new write would change either.
 * Returns whether it copied: an unchanged warehouse is not copied again. Throws DISK_FULL, PERMISSION_DENIED and SNAPSHOT_BUSY.
 */
export async function snapshotWarehouse(options: SnapshotOptions): Promise<boolean> {
  const { connection, source, target, patienceMs = PATIENCE_MS } = options;
  if (isCurrent(source, target)) return false;
  await checkpoint(connection, patienceMs);
  if (isCurrent(source, target)) return false;
  const temporary = `${target}.${process.pid}.part`;
  try {
    const { mtimeMs } = statSync(source);
    const time = new Date(Math.trunc(mtimeMs));
    await copyElsewhere(source, temporary);
    await utimes(temporary, time, time);
    await rename(temporary, target);
    return true;
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
