import { createHash, randomUUID } from 'node:crypto';
import { existsSync, linkSync, renameSync } from 'node:fs';
import { link, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder, writePart } from '../../../workspace/node/replace-file.ts';
import { systemCode } from '../../../workspace/node/system-code.ts';

/** A key of what a file holds. */
export const versionOf = (bytes: Uint8Array | string): string =>
  createHash('sha256').update(bytes).digest('hex');

interface Effects {
  readonly link: (existing: string, path: string) => void;
  readonly rename: (from: string, to: string) => void;
}

/** One straight after the other: a turn of the event loop between them is time for somebody else's save. */
const atOnce: Effects = { link: linkSync, rename: renameSync };

interface Replacement {
  readonly path: string;
  readonly text: string;
  /** The version that is to be replaced; null where no file is expected. */
  readonly expected: string | null;
}

async function holds(path: string, version: string): Promise<boolean> {
  try {
    return versionOf(await readFile(path)) === version;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
}

/** False where somebody has made the file meanwhile. */
function place(part: string, path: string, { link: linkNow, rename }: Effects): boolean {
  try {
    linkNow(part, path);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    // Not every file system has links.
    if (existsSync(path)) return false;
    rename(part, path);
    return true;
  }
}

/** Another name for the file that is about to be replaced; null on a file system without links. */
function setAside(path: string, { link: linkNow }: Effects): string | null {
  const aside = `${path}.${randomUUID()}.old`;
  try {
    linkNow(path, aside);
    return aside;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') throw error;
    return null;
  }
}

async function keptUnderName(aside: string, path: string): Promise<void> {
  const name = path.replace(/\.ipynb$/, '');
  for (let n = 1; ; n++) {
    try {
      await link(aside, `${name} (theirs${n === 1 ? '' : ` ${n}`}).ipynb`);
      await rm(aside);
      return;
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') throw error;
    }
  }
}

/** Somebody saved in the last moment: the file is theirs again, unless they have saved once more by now. */
async function giveBack(aside: string, { path, text }: Replacement, { rename }: Effects) {
  if (await holds(path, versionOf(text))) rename(aside, path);
  else await keptUnderName(aside, path);
}

async function exchange(
  part: string,
  replacement: Replacement & { readonly expected: string },
  effects: Effects,
): Promise<boolean> {
  const { path, expected } = replacement;
  if (!(await holds(path, expected))) return false;
  const aside = setAside(path, effects);
  try {
    effects.rename(part, path);
  } catch (error) {
    if (aside !== null) await rm(aside, { force: true });
    throw error;
  }
  if (aside === null) return true;
  if (await holds(aside, expected)) {
    await rm(aside);
    return true;
  }
  await giveBack(aside, replacement, effects);
  return false;
}

/**
 * Replaces a file whole and durably if it holds what is expected, and tells whether it did. What another program writes
 * while this goes on stays: it is looked at once more right before, and again, under another name, right after the file was
 * replaced. Lost is a file that was put in its place between two system calls (the link and the rename), and what a
 * program writes later into a file that it opened before and left as it was until then.
 */
export async function replaceIfUnchanged(
  replacement: Replacement,
  effects: Effects = atOnce,
): Promise<boolean> {
  const { path, text, expected } = replacement;
  const part = await writePart(path, text);
  try {
    const replaced =
      expected === null
        ? place(part, path, effects)
        : await exchange(part, { ...replacement, expected }, effects);
    if (replaced) await syncFolder(dirname(path));
    return replaced;
  } catch (error) {
    // It was there when it was looked at, and is gone.
    if (systemCode(error) === 'ENOENT' && expected !== null) return false;
    throw error;
  } finally {
    await rm(part, { force: true });
  }
}
