import { AppError } from '../../contract/errors.ts';
import type {
  CellState,
  NotebookCell,
  NotebookEvent,
  NotebookSaved,
  NotebookUpdate,
  NotebookView,
} from '../../contract/notebook.ts';
import { toNotebookCell } from '../../notebooks/document/cell-view.ts';
import { runnableDigest } from '../../notebooks/document/runnable-digest.ts';
import type { NotebookSession } from '../../notebooks/session/notebook-session.ts';
import { attachedPictures } from '../../notebooks/share/attachments.ts';
import { EditedTrust } from './edited-trust.ts';
import { keepBeside } from './keep-beside.ts';
import { lateUpdate } from './late-update.ts';
import { type LoadedNotebook, loadNotebook } from './loaded-notebook.ts';
import type { NotebookEngines } from './notebook-engines.ts';
import type { SharedNotebook } from './notebook-sharing.ts';
import {
  type NotebookPlace,
  type NotebookSource,
  readSource,
  readStored,
} from './notebook-source.ts';
import { NotebookWatchers } from './notebook-watchers.ts';
import { OneByOne } from './one-by-one.ts';

export interface OpenNotebookParts extends NotebookPlace {
  readonly id: string;
  readonly engines: () => NotebookEngines;
  readonly now: () => Date;
}

/** One notebook that is open here: what runs in it, who watches, and its file. */
export class OpenNotebook {
  readonly #parts: OpenNotebookParts;
  readonly #watchers = new NotebookWatchers();
  #loaded: LoadedNotebook;
  #savedAt: string | null = null;
  #reading = 1;
  readonly #edited: EditedTrust;
  /** Of two that take the file in anew at once, one would leave its engines behind. */
  readonly #turns = new OneByOne();
  #closed = false;

  private constructor(parts: OpenNotebookParts, source: NotebookSource) {
    this.#parts = parts;
    this.#edited = new EditedTrust(parts.trust, parts.now);
    this.#loaded = this.#load(source);
  }

  static async open(parts: OpenNotebookParts): Promise<OpenNotebook> {
    const source = await readSource(parts);
    const notebook = new OpenNotebook(parts, source);
    if (source.recoveredFrom !== null) notebook.#loaded.saving.changed();
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
      gone: saving.isGone,
    };
  }

  pictures(id: string): Record<string, string> {
    const cell = this.session.document.cells.find((one) => one.id === id);
    return cell === undefined ? {} : attachedPictures(cell);
  }

  /** `page` is what its updates are sent by. */
  watch(signal?: AbortSignal, page?: string): AsyncGenerator<NotebookEvent> {
    return this.#watchers.follow(() => this.view(), signal, page);
  }

  update(update: NotebookUpdate): { revision: number } {
    const { session, saving } = this.#loaded;
    const isLate = update.reading !== undefined && update.reading < this.#reading;
    const there = new Set(session.document.cells.map(({ id }) => id));
    session.update(isLate ? lateUpdate(update) : update);
    // The file was taken in while this was on its way: written over it, that would be lost.
    if (isLate) saving.clash();
    saving.changed();
    this.#watchers.keep(new Set(session.document.cells.map(({ id }) => id)));
    // Whoever sent it, watching or not, takes this for what it has; another page would write over it.
    const isBack = update.changed.some(({ id }) => update.known?.includes(id) && !there.has(id));
    if (isBack || this.#watchers.hasOthers(update.page)) this.#tellAll();
    return { revision: saving.revision };
  }

  clearOutputs(): void {
    this.#loaded.session.clearOutputs();
    this.#loaded.saving.changed();
  }

  /** `shown` is the digest of what the person has seen; throws NOTEBOOK_CHANGED where it is another now. */
  async trust(shown: string): Promise<void> {
    const { session } = this.#loaded;
    const { trust } = this.#parts;
    for (let seen = null; seen !== session.document;) {
      seen = session.document;
      const digest = await runnableDigest(seen);
      if (digest === shown) await trust.trust(digest);
      if (digest !== shown || session !== this.session) {
        this.#tellAll();
        throw new AppError('NOTEBOOK_CHANGED');
      }
    }
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

  /** Writes now; also a file that somebody removed. */
  save(): Promise<NotebookSaved> {
    return this.#turns.run(async () => {
      if (this.#closed) throw new AppError('NOTEBOOK_NOT_OPEN');
      const { store, path } = this.#parts;
      const { saving } = this.#loaded;
      if (!saving.isDirty && (await store.version(path)) === null) await saving.overwrite(null);
      const revision = await saving.saveNow();
      return { at: this.#savedAt, revision };
    });
  }

  resolve(keep: 'mine' | 'theirs' | 'both'): Promise<void> {
    return this.#turns.run(async () => {
      if (this.#closed) throw new AppError('NOTEBOOK_NOT_OPEN');
      // Clicked twice, or on two pages: what was asked is settled.
      if (!this.#loaded.saving.hasConflict) return this.#tellAll();
      const { store, path } = this.#parts;
      const isGone = (await store.version(path)) === null;
      // Of a file that is gone there is nothing to take, and nothing to keep this one apart from.
      if (keep === 'mine' || isGone) {
        await this.#loaded.saving.overwrite(isGone ? null : undefined);
        this.#tellAll();
        if (this.#loaded.saving.hasConflict) throw new AppError('NOTEBOOK_CONFLICT');
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

  #load(source: NotebookSource): LoadedNotebook {
    const { store, path } = this.#parts;
    return loadNotebook(source, {
      store,
      path,
      engines: this.#parts.engines(),
      told: {
        states: (session, states) => this.#tellStates(session, states),
        saved: (session, revision) => void this.#saved(session, revision),
        unsaved: (problem) => this.#watchers.tell({ kind: 'unsaved', problem }),
        conflict: (gone) => this.#watchers.tell({ kind: 'conflict', gone }),
      },
    });
  }

  #tellStates(session: NotebookSession, states: readonly CellState[]): void {
    // One that was replaced may still be ending.
    if (this.#loaded === undefined || session === this.session) this.#watchers.tellStates(states);
  }

  async #saved({ trusted, document }: NotebookSession, revision: number): Promise<void> {
    this.#savedAt = this.#parts.now().toISOString();
    this.#watchers.tell({ kind: 'saved', at: this.#savedAt, revision });
    if (trusted) await this.#edited.note(document);
  }

  async #reload({ overChanges }: { readonly overChanges: boolean }): Promise<void> {
    const before = this.#loaded;
    const source = await readStored(this.#parts);
    // Changed here meanwhile: saving that will find the conflict.
    if (!overChanges && before.saving.holdsChanges()) return;
    // At one go: what is changed from here on reaches the notebook as it is now.
    const discarded = before.saving.discard();
    this.#loaded = this.#load(source);
    this.#reading += 1;
    this.#tellAll();
    await discarded;
    const { store, path } = this.#parts;
    await store.recovery.drop(path);
    await before.session.close();
  }
}
