import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileError } from '../../../workspace/node/file-error.ts';
import type { NotebookTrust } from '../../notebooks/notebook-store.ts';
import { replaceFile } from '../../../workspace/node/replace-file.ts';

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

async function userKey(folder: string): Promise<Buffer> {
  const path = join(folder, 'notebook-key');
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    // "wx" keeps a key that another host has made meanwhile.
    await writeFile(path, randomBytes(32), { flag: 'wx', mode: 0o600 }).catch(() => undefined);
    return await readFile(path);
  } catch (error) {
    throw fileError(error, path);
  }
}

/**
 * What the owner has trusted, signed with a key that stays with the user: a workspace that comes from elsewhere brings
 * no trust along.
 */
export class LocalTrust implements NotebookTrust {
  readonly #file: string;
  readonly #folder: string;
  #key: Promise<Buffer> | undefined;
  #turn: Promise<void> = Promise.resolve();

  constructor(workspace: string, folder: string) {
    this.#file = join(workspace, '.strata', 'trusted-notebooks');
    this.#folder = folder;
  }

  async isTrusted(digest: string): Promise<boolean> {
    const wanted = Buffer.from(await this.#signature(digest));
    return (await this.#signatures()).some((line) => {
      const given = Buffer.from(line);
      return given.length === wanted.length && timingSafeEqual(given, wanted);
    });
  }

  trust(digest: string): Promise<void> {
    const turn = this.#turn.then(() => this.#add(digest));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #add(digest: string): Promise<void> {
    const signature = await this.#signature(digest);
    const known = (await this.#signatures()).filter((line) => line !== signature);
    await mkdir(dirname(this.#file), { recursive: true });
    await replaceFile(this.#file, `${[...known, signature].slice(-mostKept).join('\n')}\n`);
  }

  async #signature(digest: string): Promise<string> {
    this.#key ??= userKey(this.#folder);
    return createHmac('sha256', await this.#key)
      .update(digest)
      .digest('hex');
  }

  async #signatures(): Promise<string[]> {
    const text = await readFile(this.#file, 'utf8').catch(() => '');
    return text.split('\n').filter((line) => line !== '');
  }
}
