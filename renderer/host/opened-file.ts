type Listener = (path: string) => void;

/** The file of one kind that the desktop was last asked to open; a browser is never asked. */
export class OpenedFile {
  readonly #listeners = new Set<Listener>();
  #path: string | null = null;

  readonly subscribe = (listener: Listener): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  readonly path = (): string | null => this.#path;

  /** The file, for the one who opens it; nobody else is given it again. */
  readonly take = (): string | null => {
    const path = this.#path;
    this.#path = null;
    return path;
  };

  readonly open = (path: string): void => {
    this.#path = path;
    for (const listener of this.#listeners) listener(path);
  };
}
