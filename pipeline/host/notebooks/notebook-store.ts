/** A notebook's bytes and a key that changes when they do. */
export interface StoredNotebook {
  readonly bytes: Uint8Array;
  readonly version: string;
}

/** Where a host keeps notebooks. Paths are relative, with forward slashes, and never leave the folder. */
export interface NotebookStore {
  list(): Promise<{ readonly path: string; readonly modifiedAt: string }[]>;
  /**
   * The one name of a file that may have several (letters in another case, a link), and where other names of it cannot be told
   * from its own (a hard link) what they have in common. Throws NOTEBOOK_PATH.
   */
  identify(path: string): Promise<{ readonly path: string; readonly linked: string | null }>;
  /** Throws FILE_NOT_FOUND, PERMISSION_DENIED or FILE_UNREADABLE. */
  read(path: string): Promise<StoredNotebook>;
  /** The version of the file as it stands; null where there is none. */
  version(path: string): Promise<string | null>;
  /**
   * Replaces a file whole, durably, if it still has the version given (null: if there is none), and tells the new version.
   * Null says that somebody else changed it: nothing was written.
   */
  write(path: string, text: string, expected: string | null): Promise<string | null>;
  /** A path for a new file of this title that nothing has yet. */
  freePath(title: string): Promise<string>;
  /** Changes that could not go into the file, kept apart from it until they can. */
  readonly recovery: {
    keep(path: string, copy: Pick<RecoveredNotebook, 'text' | 'base'>): Promise<void>;
    read(path: string): Promise<RecoveredNotebook | null>;
    list(): Promise<{ readonly path: string; readonly keptAt: string }[]>;
    drop(path: string): Promise<void>;
  };
}

export interface RecoveredNotebook {
  readonly text: string;
  /** The version of the file that the text was made from; null where there was none. */
  readonly base: string | null;
  readonly keptAt: string;
}

/** Which notebooks may run here: known by what of them would run. */
export interface NotebookTrust {
  isTrusted(digest: string): Promise<boolean>;
  /** `instead` is trusted no more: a version on the way to this one, which nobody has. */
  trust(digest: string, instead?: string | null): Promise<void>;
}
