import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

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

/** Writes what is to take a file's place beside it, on the disk when this ends; tells where. */
export async function writePart(path: string, content: string | Uint8Array): Promise<string> {
  const part = `${path}.${randomUUID()}.part`;
  try {
    const handle = await open(part, 'wx');
    try {
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
