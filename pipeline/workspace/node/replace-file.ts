import { randomUUID } from 'node:crypto';
import { open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { systemCode } from './system-code.ts';

/** The directory's own entry is durable only after this; Windows has no such call and needs none. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function modeOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).mode & 0o777;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  }
}

/**
 * Writes what is to take a file's place beside it, on the disk when this ends; tells where. It lets in whom that file lets
 * in, and nobody else at any time.
 */
export async function writePart(path: string, content: string | Uint8Array): Promise<string> {
  const part = `${path}.${randomUUID()}.part`;
  const mode = await modeOf(path);
  try {
    const handle = await open(part, 'wx', mode ?? undefined);
    try {
      // The system takes away what a new file is not to have. Not every file system has modes, but those are then the same.
      if (mode !== null && ((await handle.stat()).mode & 0o777) !== mode) await handle.chmod(mode);
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    return part;
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/** Replaces a file whole: after a crash there is the old one or the new one, never a part. */
export async function replaceFile(path: string, content: string | Uint8Array): Promise<void> {
  const part = await writePart(path, content);
  try {
    await rename(part, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}
