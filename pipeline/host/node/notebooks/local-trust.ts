import { createHmac, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { isShipped } from '../../../runs/notebook/ship-notebooks.ts';
import { fileError } from '../../../workspace/node/file-error.ts';
import type { NotebookTrust } from '../../notebooks/notebook-store.ts';
import { OneByOne } from '../../notebooks/one-by-one.ts';
import { replaceFile } from '../../../workspace/node/replace-file.ts';
import { systemCode } from '../../../workspace/node/system-code.ts';

const mostKept = 5000;

/** Where this system keeps what belongs to a user and not to a workspace. */
export function userFolder(env: Readonly<Record<string, string | undefined>>): string {
  const { STRATA_HOME, APPDATA, XDG_CONFIG_HOME } = env;
  if (STRATA_HOME !== undefined && STRATA_HOME !== '') return STRATA_HOME;
  if (process.platform === 'win32' && APPDATA !== undefined) return join(APPDATA, 'Strata');
  if (process.platform === 'darwin') {
    return join(homedir(), 'Library', 'Application Support', 'Strata');
  }
  return join(XDG_CONFIG_HOME ?? join(homedir(), '.config'), 'strata');
}

const keyBytes = 32;

/** Not every file system has links. */
async function keptOrMoved(error: unknown, made: string, path: string): Promise<void> {
  if (systemCode(error) !== 'EEXIST') await rename(made, path);
}

async function userKey(folder: string): Promise<Buffer> {
  const path = join(folder, 'notebook-key');
  const made = `${path}.${randomUUID()}.part`;
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const known = await readFile(path).catch(() => null);
    if (known?.length === keyBytes) return known;
    // Whole or not at all: everybody knows the signatures of an empty key.
    await writeFile(made, randomBytes(keyBytes), { mode: 0o600 });
    try {
      if (known !== null) await rename(made, path);
      // A link keeps a key that another host has made meanwhile.
      else await link(made, path).catch((error: unknown) => keptOrMoved(error, made, path));
    } finally {
      await rm(made, { force: true });
    }
    return await readFile(path);
  } catch (error) {
    throw fileError(error, path);
  }
}

/**
 * What the owner has trusted, signed with a key that stays with the user: a workspace that comes from elsewhere brings
 * no trust along. What Strata ships is its own and trusted everywhere.
 */
export class LocalTrust implements NotebookTrust {
  readonly #file: string;
  readonly #folder: string;
  #key: Promise<Buffer> | undefined;
  readonly #turns = new OneByOne();

  constructor(workspace: string, folder: string) {
    this.#file = join(workspace, '.strata', 'trusted-notebooks');
    this.#folder = folder;
  }

  async isTrusted(digest: string): Promise<boolean> {
    if (await isShipped(digest)) return true;
    const wanted = Buffer.from(await this.#signature(digest));
    return (await this.#signatures()).some((line) => {
      const given = Buffer.from(line);
      return given.length === wanted.length && timingSafeEqual(given, wanted);
    });
  }

  trust(digest: string, instead: string | null = null): Promise<void> {
    return this.#turns.run(() => this.#add(digest, instead));
  }

  async #add(digest: string, instead: string | null): Promise<void> {
    const signature = await this.#signature(digest);
    const replaced = instead === null ? null : await this.#signature(instead);
    const known = (await this.#signatures()).filter(
      (line) => line !== signature && line !== replaced,
    );
    await mkdir(dirname(this.#file), { recursive: true });
    await replaceFile(this.#file, `${[...known, signature].slice(-mostKept).join('\n')}\n`);
  }

  async #signature(digest: string): Promise<string> {
    this.#key ??= userKey(this.#folder);
    try {
      return createHmac('sha256', await this.#key)
        .update(digest)
        .digest('hex');
    } catch (error) {
      // What keeps the key away now may not do so later.
      this.#key = undefined;
      throw error;
    }
  }

  async #signatures(): Promise<string[]> {
    const text = await readFile(this.#file, 'utf8').catch(() => '');
    return text.split('\n').filter((line) => line !== '');
  }
}
