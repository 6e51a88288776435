import { basename } from 'node:path';
import { AppError } from '../../../contract/errors.ts';
import type {
  NotebookEvent,
  NotebookFile,
  NotebookSaved,
  NotebookUpdate,
  NotebookView,
} from '../../../contract/notebook.ts';
import type { NotebookEngines } from '../../notebooks/notebook-engines.ts';
import type { NotebookSharing } from '../../notebooks/notebook-sharing.ts';
import type { NotebookStore, NotebookTrust } from '../../notebooks/notebook-store.ts';
import type { Adopted, Notebooks } from '../../notebooks/notebooks.ts';
import { OneByOne } from '../../notebooks/one-by-one.ts';
import { OpenNotebook } from '../../notebooks/open-notebook.ts';
import { NotebookCatalog } from './notebook-catalog.ts';

export interface LocalNotebooksParts {
  /** The workspace's folder. */
  readonly workspace: string;
  readonly store: NotebookStore;
  readonly trust: NotebookTrust;
  /** Engines for one more open notebook. */
  readonly engines: () => NotebookEngines;
  readonly newId: () => string;
  readonly now: () => Date;
  readonly sharing: NotebookSharing;
}

const checkEveryMs = 2000;
/** Longer than a page takes to be reloaded, or a laptop's lid to be opened again. */
const abandonedAfterMs = 10 * 60_000;

/** The notebooks of a workspace on this machine. */
export class LocalNotebooks implements Notebooks {
  readonly #parts: LocalNotebooksParts;
  readonly #open = new Map<string, OpenNotebook>();
  /** By path, so that two pages that open one file at once share it. */
  readonly #opening = new Map<string, Promise<OpenNotebook>>();
  /** By path, those whose last changes are being written: whoever opens one must read them. */
  readonly #closing = new Map<string, Promise<void>>();
  /** Closed by a page while another, or its own stream that still ends, watches. */
  readonly #leaving = new Set<string>();
  /** How often in a row nobody watched. */
  readonly #unwatched = new Map<string, number>();
  readonly #catalog: NotebookCatalog;
  /** Of two that ask for one file by two names, the second finds what the first began. */
  readonly #finding = new OneByOne();
  readonly #timer: ReturnType<typeof setInterval>;

  constructor(parts: LocalNotebooksParts) {
    this.#parts = parts;
    this.#catalog = new NotebookCatalog({ ...parts, isOpen: (path) => this.#opening.has(path) });
    this.#timer = setInterval(() => void this.#checkFiles(), checkEveryMs);
    this.#timer.unref();
  }

  list(): Promise<NotebookFile[]> {
    return this.#catalog.list();
  }

  create(title: string): Promise<NotebookFile> {
    return this.#catalog.create(title);
  }

  adopt(adopted: Adopted): Promise<NotebookFile> {
    return this.#catalog.adopt(adopted);
  }

  async open(asked: string): Promise<NotebookView> {
    const { path, opening } = await this.#finding.run(() => this.#find(asked));
    try {
      const view = (await opening).view();
      this.#leaving.delete(view.id);
      return view;
    } catch (error) {
      this.#opening.delete(path);
      throw error;
    }
  }

  async *watch(id: string, signal?: AbortSignal, page?: string): AsyncGenerator<NotebookEvent> {
    yield* this.#at(id).watch(signal, page);
  }

  async update(id: string, update: NotebookUpdate): Promise<{ revision: number }> {
    return this.#at(id).update(update);
  }

  async run(id: string, { cells, again }: Parameters<Notebooks['run']>[1]): Promise<void> {
    const { session } = this.#at(id);
    if (!session.trusted) throw new AppError('NOTEBOOK_UNTRUSTED');
    const known = new Set(session.document.cells.map((cell) => cell.id));
    const unknown = cells?.find((cell) => !known.has(cell));
    if (unknown !== undefined) throw new AppError('CELL_UNKNOWN', { cell: unknown.slice(0, 80) });
    // Whoever watches is told how it goes.
    void session.run(cells ?? 'all', { again }).catch(() => undefined);
  }

  async cancel(id: string): Promise<void> {
    this.#at(id).session.cancel();
  }

  async clearOutputs(id: string): Promise<void> {
    this.#at(id).clearOutputs();
  }

  async trust(id: string, shown: string): Promise<void> {
    const notebook = this.#at(id);
    await notebook.trust(shown);
    this.#catalog.forget(notebook.path);
  }

  async save(id: string): Promise<NotebookSaved> {
    return this.#at(id).save();
  }

  resolve(id: string, keep: 'mine' | 'theirs' | 'both'): Promise<void> {
    return this.#at(id).resolve(keep);
  }

  async rows(id: string, { cell, offset, limit }: Parameters<Notebooks['rows']>[1]) {
    return this.#at(id).session.rows(cell, offset, limit);
  }

  async pictures(id: string, cell: string): Promise<Record<string, string>> {
    return this.#at(id).pictures(cell);
  }

  async close(id: string): Promise<void> {
    const { watched } = this.#at(id);
    this.#leaving.add(id);
    // Another page may still have it open, or this one's stream is about to end: that is looked at again.
    if (watched === 0) await this.#end(id);
  }

  async inspect(id: string, signal?: AbortSignal) {
    return this.#parts.sharing.inspect(this.#at(id).shared(), signal);
  }

  async export(id: string, wanted: Parameters<Notebooks['export']>[1], signal?: AbortSignal) {
    const notebook = this.#at(id);
    const name = basename(notebook.path, '.ipynb');
    return this.#parts.sharing.export(notebook.shared(), { ...wanted, name, signal });
  }

  /** The warehouse is another one: open notebooks follow it, each in its own way. */
  async dataChanged(asOf: string | null): Promise<void> {
    await Promise.allSettled([...this.#open.values()].map((notebook) => notebook.refresh(asOf)));
  }

  async closeAll(): Promise<void> {
    clearInterval(this.#timer);
    const open = [...this.#open.values()];
    this.#open.clear();
    this.#opening.clear();
    await Promise.allSettled(open.map((notebook) => notebook.close()));
    await Promise.allSettled(this.#closing.values());
  }

  async #end(id: string): Promise<void> {
    const notebook = this.#at(id);
    const { path } = notebook;
    this.#open.delete(id);
    this.#opening.delete(path);
    this.#leaving.delete(id);
    const closing = notebook.close().finally(() => {
      if (this.#closing.get(path) === closing) this.#closing.delete(path);
    });
    this.#closing.set(path, closing);
    await closing;
  }

  #at(id: string): OpenNotebook {
    const notebook = this.#open.get(id);
    if (notebook === undefined) throw new AppError('NOTEBOOK_NOT_OPEN');
    return notebook;
  }

  /** A file has one notebook here, whatever name it is asked for by. */
  async #find(asked: string): Promise<{ path: string; opening: Promise<OpenNotebook> }> {
    const { store } = this.#parts;
    const { path, linked } = await store.identify(asked);
    if (linked !== null && !this.#opening.has(path)) {
      for (const [known, opening] of this.#opening) {
        if ((await store.identify(known)).linked === linked) return { path: known, opening };
      }
    }
    const opening = this.#opening.get(path) ?? this.#start(path);
    this.#opening.set(path, opening);
    return { path, opening };
  }

  async #start(path: string): Promise<OpenNotebook> {
    const { store, trust, engines, newId, now } = this.#parts;
    const id = newId();
    await this.#closing.get(path)?.catch(() => undefined);
    const notebook = await OpenNotebook.open({ id, path, store, trust, engines, now });
    this.#open.set(id, notebook);
    return notebook;
  }

  /** A page that crashed never says that it leaves. */
  #noteUnwatched(): void {
    for (const [id, notebook] of this.#open) {
      const checks = notebook.watched === 0 ? (this.#unwatched.get(id) ?? 0) + 1 : 0;
      this.#unwatched.set(id, checks);
      if (checks * checkEveryMs > abandonedAfterMs) this.#leaving.add(id);
    }
    for (const id of this.#unwatched.keys()) if (!this.#open.has(id)) this.#unwatched.delete(id);
  }

  async #checkFiles(): Promise<void> {
    this.#noteUnwatched();
    const left = [...this.#leaving].filter((id) => this.#open.get(id)?.watched === 0);
    await Promise.allSettled(left.map((id) => this.#end(id)));
    await Promise.allSettled([...this.#open.values()].map((notebook) => notebook.checkFile()));
  }
}
