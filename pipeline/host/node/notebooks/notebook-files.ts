import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import { fileError } from '../../../workspace/node/file-error.ts';
import type { NotebookStore, StoredNotebook } from '../../notebooks/notebook-store.ts';
import { fileNameOf, notebookPath } from './notebook-path.ts';
import { replaceFile } from './replace-file.ts';

const deepest = 4;

const versionOf = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

/** Notebooks of a workspace, in its `notebooks` folder; what cannot be saved there waits in `.strata/recovery`. */
export class NotebookFiles implements NotebookStore {
  readonly #folder: string;
  readonly #recovery: string;

  constructor(workspace: string) {
    this.#folder = join(workspace, 'notebooks');
    this.#recovery = join(workspace, '.strata', 'recovery');
  }

  async list(): Promise<{ path: string; modifiedAt: string }[]> {
    await this.#prepare();
    const found: { path: string; modifiedAt: string }[] = [];
    await this.#walk('', found);
    return found.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  }

  async read(path: string): Promise<StoredNotebook> {
    await this.#prepare();
    const full = notebookPath(this.#folder, path);
    try {
      const bytes = await readFile(full);
      return { bytes, version: versionOf(bytes) };
    } catch (error) {
      throw fileError(error, full);
    }
  }

  async version(path: string): Promise<string | null> {
    await this.#prepare();
    const full = notebookPath(this.#folder, path);
    try {
      return versionOf(await readFile(full));
    } catch (error) {
      if (isMissing(error)) return null;
      throw fileError(error, full);
    }
  }

  async write(path: string, text: string, expected: string | null): Promise<string | null> {
    if ((await this.version(path)) !== expected) return null;
    const full = notebookPath(this.#folder, path);
    try {
      await mkdir(dirname(full), { recursive: true });
      await replaceFile(full, text);
    } catch (error) {
      throw fileError(error, full);
    }
    return versionOf(text);
  }

  async freePath(title: string): Promise<string> {
    const name = fileNameOf(title);
    for (let n = 1; ; n++) {
      const path = n === 1 ? `${name}.ipynb` : `${name}-${n}.ipynb`;
      if ((await this.version(path)) === null) return path;
    }
  }

  readonly recovery: NotebookStore['recovery'] = {
    keep: async (path, text) => {
      await mkdir(this.#recovery, { recursive: true });
      await replaceFile(this.#kept(path), text);
    },
    read: async (path) => {
      try {
        const text = await readFile(this.#kept(path), 'utf8');
        const { mtime } = await stat(this.#kept(path));
        return { text, keptAt: mtime.toISOString() };
      } catch (error) {
        if (isMissing(error)) return null;
        throw fileError(error, this.#kept(path));
      }
    },
    drop: (path) => rm(this.#kept(path), { force: true }),
  };

  #kept(path: string): string {
    return join(this.#recovery, `${versionOf(path).slice(0, 32)}.ipynb`);
  }

  async #prepare(): Promise<void> {
    try {
      await mkdir(this.#folder, { recursive: true });
    } catch (error) {
      throw fileError(error, this.#folder);
    }
  }

  async #walk(within: string, found: { path: string; modifiedAt: string }[]): Promise<void> {
    const entries = await readdir(join(this.#folder, within), { withFileTypes: true });
    for (const entry of entries) {
      const path = posix.join(within, entry.name);
      if (entry.name.startsWith('.')) continue;
      if (entry.isDirectory() && path.split('/').length < deepest) await this.#walk(path, found);
      if (!entry.isFile() || !entry.name.endsWith('.ipynb')) continue;
      const { mtime } = await stat(join(this.#folder, path));
      found.push({ path, modifiedAt: mtime.toISOString() });
    }
  }
}
