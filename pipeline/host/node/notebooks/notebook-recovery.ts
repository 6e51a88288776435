import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { fileError } from '../../../workspace/node/file-error.ts';
import { replaceFile } from '../../../workspace/node/replace-file.ts';
import type { NotebookStore, RecoveredNotebook } from '../../notebooks/notebook-store.ts';
import { versionOf } from './replace-if-unchanged.ts';
import { systemCode } from '../../../workspace/node/system-code.ts';

const copy = z.object({
  text: z.string(),
  base: z.string().nullable(),
  /** What it is a copy of; those of older versions do not say it. */
  path: z.string().optional(),
});

type Copy = z.infer<typeof copy> & Pick<RecoveredNotebook, 'keptAt'>;

/** Copies of notebooks with changes that could not go into their files, in a folder of their own. */
export class NotebookRecovery {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  readonly keep: NotebookStore['recovery']['keep'] = async (path, { text, base }) => {
    await mkdir(this.#folder, { recursive: true });
    await replaceFile(this.#place(path), JSON.stringify({ path, text, base }));
  };

  readonly read: NotebookStore['recovery']['read'] = async (path) => {
    const kept = await this.#copy(this.#place(path));
    return kept === null ? null : { text: kept.text, base: kept.base, keptAt: kept.keptAt };
  };

  readonly list: NotebookStore['recovery']['list'] = async () => {
    const names = await readdir(this.#folder).catch(() => []);
    const found: { path: string; keptAt: string }[] = [];
    for (const place of names.map((name) => join(this.#folder, name))) {
      const { path, keptAt } = (await this.#copy(place).catch(() => null)) ?? {};
      // Elsewhere it would not be found by its path.
      if (path === undefined || keptAt === undefined || this.#place(path) !== place) continue;
      found.push({ path, keptAt });
    }
    return found;
  };

  readonly drop: NotebookStore['recovery']['drop'] = (path) =>
    rm(this.#place(path), { force: true });

  async #copy(place: string): Promise<Copy | null> {
    try {
      const kept = copy.safeParse(JSON.parse(await readFile(place, 'utf8')));
      const { mtime } = await stat(place);
      return kept.success ? { ...kept.data, keptAt: mtime.toISOString() } : null;
    } catch (error) {
      if (systemCode(error) === 'ENOENT' || error instanceof SyntaxError) return null;
      throw fileError(error, place);
    }
  }

  #place(path: string): string {
    return join(this.#folder, `${versionOf(path).slice(0, 32)}.json`);
  }
}
