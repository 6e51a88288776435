import { readFile, realpath } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { asAppError } from '../../../contract/errors.ts';
import type { NotebookFile } from '../../../contract/notebook.ts';
import { newNotebook } from '../../../notebooks/document/new-notebook.ts';
import type { NotebookDocument } from '../../../notebooks/document/notebook-document.ts';
import { notebookTitle } from '../../../notebooks/document/notebook-title.ts';
import { readNotebook } from '../../../notebooks/document/read-notebook.ts';
import { runnableDigest } from '../../../notebooks/document/runnable-digest.ts';
import { writeNotebook } from '../../../notebooks/document/write-notebook.ts';
import { fileError } from '../../../workspace/node/file-error.ts';
import { readSource, readStored } from '../../notebooks/notebook-source.ts';
import type { NotebookStore, NotebookTrust } from '../../notebooks/notebook-store.ts';
import type { Adopted } from '../../notebooks/notebooks.ts';
import { OneByOne } from '../../notebooks/one-by-one.ts';
import { writeBeside } from '../../notebooks/write-beside.ts';

interface CatalogParts {
  /** The workspace's folder. */
  readonly workspace: string;
  readonly store: NotebookStore;
  readonly trust: NotebookTrust;
  readonly now: () => Date;
  /** Whether it is open here: the trust of what is edited follows its file by a moment. */
  readonly isOpen: (path: string) => boolean;
}

interface Found {
  readonly path: string;
  readonly modifiedAt: string;
}

/** The notebooks that a workspace has, and those that it takes in. */
export class NotebookCatalog {
  readonly #parts: CatalogParts;
  /** So that two of one title get two names. */
  readonly #adding = new OneByOne();
  readonly #files = new Map<string, { readonly modifiedAt: string; readonly file: NotebookFile }>();

  constructor(parts: CatalogParts) {
    this.#parts = parts;
  }

  /** Its files, and those that are gone of which changes were kept. */
  async list(): Promise<NotebookFile[]> {
    const { store } = this.#parts;
    const files = await store.list();
    const there = new Set(files.map(({ path }) => path));
    const lost = (await store.recovery.list()).filter(({ path }) => !there.has(path));
    return Promise.all([
      ...files.map((found) => this.#describe(found)),
      ...lost.map(({ path, keptAt }) => this.#look({ path, modifiedAt: keptAt })),
    ]);
  }

  async create(title: string): Promise<NotebookFile> {
    return this.#add(title, newNotebook({ title }), { isTrusted: true });
  }

  async adopt(adopted: Adopted): Promise<NotebookFile> {
    if ('path' in adopted) return this.#adoptPath(adopted.path);
    const document = readNotebook(new Uint8Array(await adopted.file.arrayBuffer()));
    return this.#add(adopted.name, document, { isTrusted: false });
  }

  /** What is known of a file is not so any more. */
  forget(path: string): void {
    this.#files.delete(path);
  }

  async #add(
    title: string,
    document: NotebookDocument,
    { isTrusted }: { readonly isTrusted: boolean },
  ): Promise<NotebookFile> {
    const { store, trust, now } = this.#parts;
    const text = writeNotebook(document);
    const path = await this.#adding.run(() => writeBeside(store, title, text));
    if (isTrusted) await trust.trust(await runnableDigest(document));
    return this.#describe({ path, modifiedAt: now().toISOString() });
  }

  /** A file of the workspace's own folder is opened where it lies. */
  async #adoptPath(path: string): Promise<NotebookFile> {
    try {
      const file = await realpath(path);
      const folder = await realpath(join(this.#parts.workspace, 'notebooks')).catch(() => null);
      if (folder !== null && file.startsWith(folder + sep)) {
        const within = relative(folder, file).split(sep).join('/');
        return await this.#describe({ path: within, modifiedAt: this.#parts.now().toISOString() });
      }
      const document = readNotebook(await readFile(file));
      return await this.#add(basename(file), document, { isTrusted: false });
    } catch (error) {
      throw fileError(error, path);
    }
  }

  async #describe(found: Found): Promise<NotebookFile> {
    const known = this.#files.get(found.path);
    if (known?.modifiedAt === found.modifiedAt) return known.file;
    const file = await this.#look(found);
    if (file.trusted || !this.#parts.isOpen(found.path)) {
      this.#files.set(found.path, { modifiedAt: found.modifiedAt, file });
    }
    return file;
  }

  async #look({ path, modifiedAt }: Found): Promise<NotebookFile> {
    const place = { ...this.#parts, path };
    try {
      const { document, isTrusted, recoveredFrom } = await readStored(place).catch(() =>
        // What it says of itself where nothing was kept of it is why it cannot be read.
        readSource(place),
      );
      const title = notebookTitle(document, path);
      return { path, modifiedAt, trusted: isTrusted, title, problem: null, recoveredFrom };
    } catch (error) {
      const title = path.split('/').at(-1) ?? path;
      const problem = asAppError(error).message;
      return { path, modifiedAt, trusted: false, title, problem, recoveredFrom: null };
    }
  }
}
