import { open } from 'node:fs/promises';
import { versionOf } from './replace-if-unchanged.ts';

interface Writing {
  readonly path: string;
  readonly text: string;
  readonly expected: string | null;
}

/**
 * Writes a file that has several names under all of them, if it holds what is expected, and tells whether it did. A crash in
 * the middle leaves a part: whoever calls this has kept a copy.
 */
export async function writeInPlace({ path, text, expected }: Writing): Promise<boolean> {
  const handle = await open(path, 'r+');
  try {
    if (versionOf(await handle.readFile()) !== expected) return false;
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length;) {
      at += (await handle.write(bytes, at, bytes.length - at, at)).bytesWritten;
    }
    await handle.truncate(bytes.length);
    await handle.sync();
    return true;
  } finally {
    await handle.close();
  }
}
