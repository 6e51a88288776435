const key = 'strata.notebook-line-numbers';

type Kept = Pick<Storage, 'getItem' | 'setItem'>;

/** A browser may refuse to keep anything, or to hand its storage out. */
function kept(storage: () => Kept): boolean {
  try {
    return storage().getItem(key) === 'on';
  } catch {
    return false;
  }
}

/** Which cells show the numbers of their lines: all or none as this browser keeps it, and those turned over since. */
export class LineNumbers {
  readonly #storage: () => Kept;
  readonly #listeners = new Set<() => void>();
  #turned: ReadonlySet<string> = new Set();
  #all: boolean;

  constructor(storage: () => Kept) {
    this.#storage = storage;
    this.#all = kept(storage);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  areShown(cell: string): boolean {
    return this.#all !== this.#turned.has(cell);
  }

  /** The cells get them, unless all of them have them. */
  turn(cells: readonly string[]): void {
    const shown = !cells.every((cell) => this.areShown(cell));
    const turned = new Set(this.#turned);
    for (const cell of cells) {
      if (shown === this.#all) turned.delete(cell);
      else turned.add(cell);
    }
    this.#turned = turned;
    this.#tell();
  }

  turnAll(): void {
    this.#all = !this.#all;
    this.#turned = new Set();
    try {
      this.#storage().setItem(key, this.#all ? 'on' : 'off');
    } catch {
      // It holds until the page is reloaded.
    }
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
