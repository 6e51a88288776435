import { AppError } from '../../contract/errors.ts';
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
import { Autosave, type AutosaveOptions } from './autosave.ts';
import { EditedTrust } from './edited-trust.ts';
import type { NotebookEngines } from './notebook-engines.ts';
import type { NotebookStore, NotebookTrust } from './notebook-store.ts';
import type { SharedNotebook } from './notebook-sharing.ts';
import { keepBeside } from './keep-beside.ts';
import { NotebookWatchers } from './notebook-watchers.ts';
import { OneByOne } from './one-by-one.ts';

export interface OpenNotebookParts {
  readonly id: string;
  readonly path: string;
  readonly store: NotebookStore;
  readonly trust: NotebookTrust;
  readonly engines: () => NotebookEngines;
  readonly now: () => Date;
}

interface Source extends Pick<AutosaveOptions, 'base' | 'original'> {
  readonly document: NotebookDocument;
  readonly isTrusted: boolean;
  readonly recoveredFrom: string | null;
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
  #reading = 1;
  readonly #edited: EditedTrust;
  /** Of two that take the file in anew at once, one would leave its engines behind. */
  readonly #turns = new OneByOne();
  #closed = false;

  private constructor(parts: OpenNotebookParts, loaded: (here: OpenNotebook) => Loaded) {
    this.#parts = parts;
    this.#edited = new EditedTrust(parts.trust, parts.now);
    this.#loaded = loaded(this);
  }

  static async open(parts: OpenNotebookParts): Promise<OpenNotebook> {
    const { store, path } = parts;
    const kept = await store.recovery.read(path);
    // With changes that were not saved it opens also where the file is damaged or gone.
    const stored = kept === null ? await store.read(path) : null;
    const document =
      stored === null ? readNotebookText(kept?.text ?? '') : readNotebook(stored.bytes);
    const isTrusted = await parts.trust.isTrusted(await runnableDigest(document));
    const base = stored === null ? (kept?.base ?? null) : stored.version;
    const notebook = new OpenNotebook(parts, (here) =>
      here.#load({
        document,
        isTrusted,
        base,
        original: stored === null ? null : document.text,
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

  /** What leaves with it is made of these. */
  shared(): SharedNotebook {
    const { session, engines } = this.#loaded;
    return { session, tables: engines.tables };
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
      reading: this.#reading,
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
    // The file was taken in while this was on its way: written over it, that would be lost.
    if (update.reading !== undefined && update.reading < this.#reading) saving.clash();
    saving.changed();
    // Whoever sent it takes this for what it has; another page would write over it what it does not know of.
    if (this.watched > 1) this.#tellAll();
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
    // Whoever trusts a notebook that runs by itself wants to see it run.
    if (session.document.mode === 'reactive') void session.run('all').catch(() => undefined);
  }

  /** The warehouse is another one. */
  async refresh(asOf: string | null): Promise<void> {
    const { session, engines } = this.#loaded;
    await session.refresh(engines.renew);
    this.#watchers.tell({ kind: 'data', asOf });
  }

  /** Looks whether another program changed the file; without changes here it is simply read again. */
  checkFile(): Promise<void> {
    return this.#turns.run(async () => {
      if (this.#closed || (await this.#loaded.saving.check()) === 'same') return;
      await this.#reload({ overChanges: false });
    });
  }

  resolve(keep: 'mine' | 'theirs' | 'both'): Promise<void> {
    return this.#turns.run(async () => {
      if (this.#closed) throw new AppError('NOTEBOOK_NOT_OPEN');
      if (keep === 'mine') {
        await this.#loaded.saving.overwrite();
        this.#tellAll();
        return;
      }
      if (keep === 'both') await keepBeside(this.#parts, this.session);
      await this.#reload({ overChanges: true });
    });
  }

  /** Saves, ends what runs, and every page's stream. */
  close(): Promise<void> {
    this.#watchers.close();
    return this.#turns.run(async () => {
      this.#closed = true;
      await this.#loaded.saving.save();
      await this.#loaded.session.close();
    });
  }

  #tellAll(): void {
    this.#watchers.tell({ kind: 'opened', notebook: this.view() });
  }

  #load(from: Source): Loaded {
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
      text: () => writeNotebook(session.document),
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

  async #saved({ trusted, document }: NotebookSession, revision: number): Promise<void> {
    this.#savedAt = this.#parts.now().toISOString();
    this.#watchers.tell({ kind: 'saved', at: this.#savedAt, revision });
    if (trusted) await this.#edited.note(document);
  }

  async #reload({ overChanges }: { readonly overChanges: boolean }): Promise<void> {
    const { store, path, trust } = this.#parts;
    const before = this.#loaded;
    const { bytes, version } = await store.read(path);
    const document = readNotebook(bytes);
    const isTrusted = await trust.isTrusted(await runnableDigest(document));
    // Changed here meanwhile: saving that will find the conflict.
    if (!overChanges && before.saving.holdsChanges()) return;
    // At one go: what is changed from here on reaches the notebook as it is now.
    const discarded = before.saving.discard();
    this.#loaded = this.#load({
      document,
      isTrusted,
      base: version,
      original: document.text,
      recoveredFrom: null,
    });
    this.#reading += 1;
    this.#tellAll();
    await discarded;
    await store.recovery.drop(path);
    await before.session.close();
  }
}
