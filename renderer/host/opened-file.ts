/** The data file that the desktop was last asked to open; a browser is never asked. */
export class OpenedFile {
  readonly #listeners = new Set<() => void>();
  #path: string | null = null;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly path = (): string | null => this.#path;

  readonly open = (path: string): void => {
    this.#path = path;
    for (const listener of this.#listeners) listener();
  };

  /** Takes it: what was begun with is not offered again. */
  readonly take = (): void => {
    this.#path = null;
    for (const listener of this.#listeners) listener();
  };
}
