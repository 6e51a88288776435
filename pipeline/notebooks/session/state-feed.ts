import type { CellState } from '../../contract/notebook.ts';
import { type CellRecord, stateOf } from './cell-record.ts';

/** Told the states that changed, their outputs whole. */
export type StatesListener = (states: readonly CellState[]) => void;

/** Tells listeners what changed, many changes of one moment at once, and whoever waits that it has come to pass. */
export class StateFeed {
  readonly #listeners = new Set<StatesListener>();
  readonly #touched = new Set<CellRecord>();
  #waiting: { readonly isOver: () => boolean; readonly end: () => void }[] = [];

  listen(listener: StatesListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  touch(record: CellRecord): void {
    this.#touched.add(record);
  }

  forget(record: CellRecord): void {
    this.#touched.delete(record);
  }

  when(isOver: () => boolean): Promise<void> {
    return isOver()
      ? Promise.resolve()
      : new Promise((end) => void this.#waiting.push({ isOver, end }));
  }

  flush(): void {
    if (this.#touched.size > 0) {
      const states = [...this.#touched].map(stateOf);
      this.#touched.clear();
      for (const listener of this.#listeners) listener(states);
    }
    const over = this.#waiting.filter(({ isOver }) => isOver());
    if (over.length === 0) return;
    this.#waiting = this.#waiting.filter((waiting) => !over.includes(waiting));
    for (const { end } of over) end();
  }
}
