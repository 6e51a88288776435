import type {
  NotebookCell,
  NotebookEvent,
  NotebookUpdate,
  NotebookView,
} from '../../contract/notebook.ts';
import { toNotebookCell } from '../../notebooks/document/cell-view.ts';
import type { NotebookDocument } from '../../notebooks/document/notebook-document.ts';
import { readNotebook, readNotebookText } from '../../notebooks/document/read-notebook.ts';
import { runnableDigest } from '../../notebooks/document/runnable-digest.ts';
import { writeNotebook } from '../../notebooks/document/write-notebook.ts';
import { NotebookSession } from '../../notebooks/session/notebook-session.ts';
import type { PanelRunner, ScriptRunner, TableEngine } from '../../notebooks/session/ports.ts';
import { Autosave } from './autosave.ts';
import type { NotebookStore, NotebookTrust } from './notebook-store.ts';
import { NotebookWatchers } from './notebook-watchers.ts';

/** Engines of one notebook; they end with it. */
export interface NotebookEngines {
  readonly tables: TableEngine;
  readonly panels: PanelRunner;
  readonly scripts: ScriptRunner;
  /** Lets the tables follow what the warehouse has become. */
  readonly renew: () => Promise<void>;
}

export interface OpenNotebookParts {
  readonly id: string;
  readonly path: string;
  readonly store: NotebookStore;
  readonly trust: NotebookTrust;
  readonly engines: () => NotebookEngines;
  readonly now: () => Date;
}

interface Loaded {
  readonly session: NotebookSession;
  readonly engines: NotebookEngines;
  readonly saving: Autosave;
  readonly recoveredFrom: string | null;
}

/** One notebook that is open here: what runs in it, who watches, and its file. */
export class OpenNotebook {
  readonly #parts: OpenNotebookParts;
  readonly #watchers = new NotebookWatchers();
  #loaded: Loaded;
  #savedAt: string | null = null;

  private constructor(parts: OpenNotebookParts, loaded: (here: OpenNotebook) => Loaded) {
    this.#parts = parts;
    this.#loaded = loaded(this);
  }

  static async open(parts: OpenNotebookParts): Promise<OpenNotebook> {
    const { store, path } = parts;
    const stored = await store.read(path);
    const kept = await store.recovery.read(path);
    const file = readNotebook(stored.bytes);
    const document = kept === null ? file : readNotebookText(kept.text);
    const isTrusted = await parts.trust.isTrusted(await runnableDigest(document));
    const base = kept === null ? stored.version : kept.base;
    const notebook = new OpenNotebook(parts, (here) =>
      here.#load({
        document,
        isTrusted,
        base,
        original: kept === null ? file.text : null,
        recoveredFrom: kept?.keptAt ?? null,
      }),
    );
    if (kept !== null) notebook.#loaded.saving.changed();
    return notebook;
  }

  get path(): string {
    return this.#parts.path;
  }

  get session(): NotebookSession {
    return this.#loaded.session;
  }

  get watched(): number {
    return this.#watchers.count;
  }

  view(): NotebookView {
    const { session, saving, recoveredFrom } = this.#loaded;
    const { cells, mode } = session.document;
    return {
      id: this.#parts.id,
      path: this.#parts.path,
      revision: saving.revision,
      trusted: session.trusted,
      mode,
      cells: cells.map((cell): NotebookCell => toNotebookCell(cell)),
      states: session.states(),
      savedAt: this.#savedAt,
      recoveredFrom,
      conflict: saving.hasConflict,
    };
  }

  watch(signal?: AbortSignal): AsyncGenerator<NotebookEvent> {
    return this.#watchers.follow(() => this.view(), signal);
  }

  update(update: NotebookUpdate): { revision: number } {
    const { session, saving } = this.#loaded;
    session.update(update);
    saving.changed();
    return { revision: saving.revision };
  }

  clearOutputs(): void {
    this.#loaded.session.clearOutputs();
    this.#loaded.saving.changed();
  }

  async trust(): Promise<void> {
    const { session } = this.#loaded;
    await this.#parts.trust.trust(await runnableDigest(session.document));
    session.setTrusted(true);
    this.#tellAll();
  }

  /** The warehouse is another one. */
  async refresh(asOf: string | null): Promise<void> {
    const { session, engines } = this.#loaded;
    await session.refresh(engines.renew);
    this.#watchers.tell({ kind: 'data', asOf });
  }

  /** Looks whether another program changed the file; without changes here it is simply read again. */
  async checkFile(): Promise<void> {
    if ((await this.#loaded.saving.check()) === 'changed') await this.#reload();
  }

  async resolve(keep: 'mine' | 'theirs' | 'both'): Promise<void> {
    const { store, path } = this.#parts;
    if (keep === 'mine') {
      await this.#loaded.saving.overwrite();
      this.#tellAll();
      return;
    }
    if (keep === 'both') {
      const name = path.replace(/\.ipynb$/, '');
      const other = await store.freePath(`${name.split('/').at(-1) ?? name} (mine)`);
      await store.write(other, this.#text(), null);
      await this.#parts.trust.trust(await runnableDigest(this.#loaded.session.document));
    }
    await this.#reload();
  }

  /** Saves, ends what runs, and every page's stream. */
  async close(): Promise<void> {
    this.#watchers.close();
    await this.#loaded.saving.save();
    await this.#loaded.session.close();
  }

  #text(): string {
    return writeNotebook(this.#loaded.session.document);
  }

  #tellAll(): void {
    this.#watchers.tell({ kind: 'opened', notebook: this.view() });
  }

  #load(from: {
    readonly document: NotebookDocument;
    readonly isTrusted: boolean;
    readonly base: string | null;
    readonly original: string | null;
    readonly recoveredFrom: string | null;
  }): Loaded {
    const { store, path } = this.#parts;
    const engines = this.#parts.engines();
    const session = new NotebookSession({
      ...engines,
      document: from.document,
      trusted: from.isTrusted,
    });
    const saving: Autosave = new Autosave({
      store,
      path,
      base: from.base,
      original: from.original,
      text: () => this.#text(),
      told: {
        saved: (revision) => void this.#saved(session, revision),
        unsaved: (problem) => this.#watchers.tell({ kind: 'unsaved', problem }),
        conflict: () => this.#watchers.tell({ kind: 'conflict' }),
      },
    });
    let written: NotebookDocument = from.document;
    session.listen((states) => {
      // One that was replaced may still be ending.
      if (this.#loaded !== undefined && this.#loaded.session !== session) return;
      this.#watchers.tell({ kind: 'states', states: [...states] });
      if (session.document === written) return;
      written = session.document;
      saving.changed();
    });
    return { session, engines, saving, recoveredFrom: from.recoveredFrom };
  }

  /** What is edited here stays trusted. */
  async #saved({ trusted, document }: NotebookSession, revision: number): Promise<void> {
    this.#savedAt = this.#parts.now().toISOString();
    this.#watchers.tell({ kind: 'saved', at: this.#savedAt, revision });
    if (trusted) await this.#parts.trust.trust(await runnableDigest(document));
  }

  async #reload(): Promise<void> {
    const { store, path, trust } = this.#parts;
    const { bytes, version } = await store.read(path);
    const document = readNotebook(bytes);
    const isTrusted = await trust.isTrusted(await runnableDigest(document));
    const before = this.#loaded;
    await before.saving.discard();
    await store.recovery.drop(path);
    this.#loaded = this.#load({
      document,
      isTrusted,
      base: version,
      original: document.text,
      recoveredFrom: null,
    });
    this.#tellAll();
    await before.session.close();
  }
}
