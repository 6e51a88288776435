import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import { z } from 'zod';
import { fileError } from '../../../workspace/node/file-error.ts';
import type { NotebookStore, StoredNotebook } from '../../notebooks/notebook-store.ts';
import { fileNameOf, notebookPath } from './notebook-path.ts';
import { replaceFile } from '../../../workspace/node/replace-file.ts';

const deepest = 4;
/** A file that was changed less than this ago may change again without its times showing it. */
const settledMs = 2000;

const recovered = z.object({ text: z.string(), base: z.string().nullable() });

const versionOf = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

/** Notebooks of a workspace, in its `notebooks` folder; what cannot be saved there waits in `.strata/recovery`. */
export class NotebookFiles implements NotebookStore {
  readonly #folder: string;
  readonly #recovery: string;
  /** Of files that look untouched since, so that asking often costs little. */
  readonly #seen = new Map<string, { readonly stamp: string; readonly version: string }>();

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
      const { mtimeNs, ctimeNs, ctimeMs, size, ino } = await stat(full, { bigint: true });
      // A copy may bring its own time of change along; the time of its arrival is the system's.
      const stamp = [mtimeNs, ctimeNs, size, ino].join(' ');
      const seen = this.#seen.get(path);
      if (seen?.stamp === stamp) return seen.version;
      const version = versionOf(await readFile(full));
      if (Math.abs(Date.now() - Number(ctimeMs)) > settledMs) {
        this.#seen.set(path, { stamp, version });
      }
      return version;
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
    keep: async (path, copy) => {
      await mkdir(this.#recovery, { recursive: true });
      await replaceFile(this.#kept(path), JSON.stringify(copy));
    },
    read: async (path) => {
      try {
        const kept = recovered.safeParse(JSON.parse(await readFile(this.#kept(path), 'utf8')));
        const { mtime } = await stat(this.#kept(path));
        return kept.success ? { ...kept.data, keptAt: mtime.toISOString() } : null;
      } catch (error) {
        if (isMissing(error) || error instanceof SyntaxError) return null;
        throw fileError(error, this.#kept(path));
      }
    },
    drop: (path) => rm(this.#kept(path), { force: true }),
  };

  #kept(path: string): string {
    return join(this.#recovery, `${versionOf(path).slice(0, 32)}.json`);
  }

  async #prepare(): Promise<void> {
    try {
      await mkdir(this.#folder, { recursive: true });
    } catch (error) {
      throw fileError(error, this.#folder);
    }
  }

  async #walk(within: string, found: { path: string; modifiedAt: string }[]): Promise<void> {
    const folder = join(this.#folder, within);
    const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
      // One folder that cannot be read hides no other.
      if (within !== '') return [];
      throw fileError(error, folder);
    });
    for (const entry of entries) {
      const path = posix.join(within, entry.name);
      if (entry.name.startsWith('.')) continue;
      if (entry.isDirectory() && path.split('/').length < deepest) await this.#walk(path, found);
      if (!entry.isFile() || !entry.name.endsWith('.ipynb')) continue;
      const there = await stat(join(this.#folder, path)).catch(() => null);
      // It may be gone by now.
      if (there !== null) found.push({ path, modifiedAt: there.mtime.toISOString() });
    }
  }
}
