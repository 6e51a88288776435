import { AppError, asAppError } from '../../contract/errors.ts';
import type { NotebookStore } from './notebook-store.ts';

export interface AutosaveOptions {
  readonly store: NotebookStore;
  readonly path: string;
  /** The version of the file that is being edited; null where there is none yet. */
  readonly base: string | null;
  /** What the file holds; null where there is none yet. */
  readonly original: string | null;
  /** The whole file as it should be. */
  readonly text: () => string;
  readonly told: {
    saved(revision: number): void;
    unsaved(problem: string): void;
    /** `gone` where there is no file any more. */
    conflict(gone: boolean): void;
  };
}

const pauseMs = 250;
/** A file that takes long to write is written less often. */
const patience = 4;

/**
 * Writes a notebook soon after each change, one write at a time. What cannot go into the file (it was changed by another
 * program, the disk is full) is kept beside it, so that a crash then loses nothing either.
 */
export class Autosave {
  readonly #options: AutosaveOptions;
  #base: string | null;
  #written: string | null;
  #revision = 0;
  #savedRevision = 0;
  #conflict = false;
  /** In a conflict: there is no file any more. */
  #gone = false;
  #discarded = false;
  #failed: AppError | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #writing: Promise<void> = Promise.resolve();
  #took = 0;

  constructor(options: AutosaveOptions) {
    this.#options = options;
    this.#base = options.base;
    this.#written = options.original;
  }

  get revision(): number {
    return this.#revision;
  }

  get isDirty(): boolean {
    return this.#revision > this.#savedRevision;
  }

  get hasConflict(): boolean {
    return this.#conflict;
  }

  get isGone(): boolean {
    return this.#gone;
  }

  /** Whether there are changes here that the file as it was known lacks. */
  holdsChanges(): boolean {
    return this.isDirty && this.#options.text() !== this.#written;
  }

  /** What is here was made on another text than the file's: it is kept beside the file until it is said whose to keep. */
  clash(): void {
    if (!this.#conflict && !this.#discarded) this.#tellConflict(false);
  }

  /** There is something new to write. */
  changed(): void {
    this.#revision += 1;
    if (this.#timer !== null || this.#discarded) return;
    this.#timer = setTimeout(() => void this.save(), Math.max(pauseMs, patience * this.#took));
  }

  /** Writes what is unsaved now. */
  save(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#writing = this.#writing.then(() => this.#write());
    return this.#writing;
  }

  /**
   * Writes what is unsaved now, and tells the revision that the file holds. Throws NOTEBOOK_CONFLICT, and what keeps it from
   * being written.
   */
  async saveNow(): Promise<number> {
    await this.save();
    if (this.#conflict) throw new AppError('NOTEBOOK_CONFLICT');
    if (this.#failed !== null) throw this.#failed;
    return this.#savedRevision;
  }

  /**
   * Whether the file is still the one being edited; with changes here that it lacks, it is a conflict. What could not be
   * written before is tried again.
   */
  async check(): Promise<'same' | 'changed'> {
    await this.#writing;
    const { store, path } = this.#options;
    const version = await store.version(path).catch(() => this.#base);
    if (this.#conflict) {
      if ((version === null) !== this.#gone) this.#tellConflict(version === null);
      return 'same';
    }
    if (version !== this.#base && !this.holdsChanges()) return 'changed';
    if (version !== this.#base || this.#failed !== null) await this.save();
    return 'same';
  }

  /** Takes the version given, null where there is no file, or else the file as it is now for what to replace, and writes. */
  async overwrite(expected: string | null | undefined): Promise<void> {
    const { store, path } = this.#options;
    await this.#writing;
    this.#base = expected === undefined ? await store.version(path) : expected;
    this.#written = null;
    this.#conflict = false;
    this.#gone = false;
    this.#revision += 1;
    await this.save();
  }

  /** What is unsaved will not be written: another text has taken its place. */
  async discard(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#discarded = true;
    await this.#writing;
  }

  #tellConflict(gone: boolean): void {
    this.#conflict = true;
    this.#gone = gone;
    this.#options.told.conflict(gone);
  }

  async #write(): Promise<void> {
    if (!this.isDirty || this.#discarded) return;
    const { store, path, text, told } = this.#options;
    const revision = this.#revision;
    const began = performance.now();
    let whole: string | null = null;
    try {
      whole = text();
      this.#failed = null;
      if (whole === this.#written && !this.#conflict) {
        // What ran again came out the same, or was undone.
        this.#savedRevision = revision;
        told.saved(revision);
        return;
      }
      const version = this.#conflict ? null : await store.write(path, whole, this.#base);
      if (version === null) {
        if (this.#discarded) return;
        await store.recovery.keep(path, { text: whole, base: this.#base });
        if (!this.#conflict) this.#tellConflict((await store.version(path)) === null);
        return;
      }
      this.#base = version;
      this.#written = whole;
      this.#savedRevision = revision;
      this.#took = performance.now() - began;
      told.saved(revision);
      await store.recovery.drop(path);
    } catch (error) {
      this.#failed = asAppError(error);
      if (whole !== null) {
        await store.recovery.keep(path, { text: whole, base: this.#base }).catch(() => undefined);
      }
      told.unsaved(`${this.#failed.message} ${this.#failed.next}`);
    }
  }
}
