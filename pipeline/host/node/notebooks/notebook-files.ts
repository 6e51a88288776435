import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import { fileError } from '../../../workspace/node/file-error.ts';
import type { NotebookStore, StoredNotebook } from '../../notebooks/notebook-store.ts';
import { fileNameOf, notebookPath, ownPath } from './notebook-path.ts';
import { NotebookRecovery } from './notebook-recovery.ts';
import { replaceIfUnchanged, versionOf } from './replace-if-unchanged.ts';
import { writeInPlace } from './write-in-place.ts';
import { systemCode } from '../../../workspace/node/system-code.ts';

const deepest = 4;
/** A file that was changed less than this ago may change again without its times showing it. */
const settledMs = 2000;

/** Notebooks of a workspace, in its `notebooks` folder; what cannot be saved there waits in `.strata/recovery`. */
export class NotebookFiles implements NotebookStore {
  readonly #folder: string;
  readonly recovery: NotebookRecovery;
  /** Of files that look untouched since, so that asking often costs little. */
  readonly #seen = new Map<string, { readonly stamp: string; readonly version: string }>();

  constructor(workspace: string) {
    this.#folder = join(workspace, 'notebooks');
    this.recovery = new NotebookRecovery(join(workspace, '.strata', 'recovery'));
  }

  async list(): Promise<{ path: string; modifiedAt: string }[]> {
    await this.#prepare();
    const found: { path: string; modifiedAt: string }[] = [];
    await this.#walk('', found);
    return found.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  }

  async identify(asked: string): Promise<{ path: string; linked: string | null }> {
    await this.#prepare();
    const path = ownPath(this.#folder, asked);
    const full = notebookPath(this.#folder, path);
    const there = await stat(full, { bigint: true }).catch(() => null);
    const linked = there === null || there.nlink < 2n ? null : `${there.dev} ${there.ino}`;
    return { path, linked };
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
      if (systemCode(error) === 'ENOENT') return null;
      throw fileError(error, full);
    }
  }

  async write(path: string, text: string, expected: string | null): Promise<string | null> {
    if ((await this.version(path)) !== expected) return null;
    const full = notebookPath(this.#folder, path);
    try {
      await mkdir(dirname(full), { recursive: true });
      const linked = (await this.identify(path)).linked !== null;
      // A rename would leave its other names with the old text.
      if (linked) await this.recovery.keep(path, { text, base: expected });
      const write = linked ? writeInPlace : replaceIfUnchanged;
      const replaced = await write({ path: full, text, expected });
      return replaced ? versionOf(text) : null;
    } catch (error) {
      throw fileError(error, full);
    }
  }

  async freePath(title: string): Promise<string> {
    const name = fileNameOf(title);
    for (let n = 1; ; n++) {
      const path = n === 1 ? `${name}.ipynb` : `${name}-${n}.ipynb`;
      if ((await this.version(path)) === null) return path;
    }
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
