import type { CellState, NotebookEvent, NotebookView } from '../../contract/notebook.ts';
import { PageWatcher } from './page-watcher.ts';

/** Tells every page that has a notebook open what happens to it. */
export class NotebookWatchers {
  readonly #watchers = new Set<PageWatcher>();
  #closed = false;

  get count(): number {
    return this.#watchers.size;
  }

  /** Whether anybody watches but this page; without one, whether anybody does. */
  hasOthers(page: string | undefined): boolean {
    return [...this.#watchers].some((one) => one.page === undefined || one.page !== page);
  }

  /** What is told of cells is told of these alone from now on. */
  keep(cells: ReadonlySet<string>): void {
    for (const watcher of this.#watchers) watcher.keep(cells);
  }

  tell(event: Exclude<NotebookEvent, { kind: 'states' }>): void {
    for (const watcher of this.#watchers) watcher.tell(event);
  }

  tellStates(states: readonly CellState[]): void {
    for (const watcher of this.#watchers) watcher.tellStates(states);
  }

  /** Ends every page's stream. */
  close(): void {
    this.#closed = true;
    for (const watcher of this.#watchers) watcher.wake();
  }

  /** The notebook as it is, then what changes, until the signal or the close ends it. */
  async *follow(
    view: () => NotebookView,
    signal?: AbortSignal,
    page?: string,
  ): AsyncGenerator<NotebookEvent> {
    const watcher = new PageWatcher(page);
    const leave = (): void => watcher.wake();
    const over = (): boolean => this.#closed || signal?.aborted === true;
    this.#watchers.add(watcher);
    signal?.addEventListener('abort', leave);
    try {
      watcher.tell({ kind: 'opened', notebook: view() });
      while (!over()) {
        const events = watcher.take();
        for (const event of events) {
          yield event;
          if (over()) return;
        }
        if (events.length === 0) await watcher.waiting();
      }
    } finally {
      this.#watchers.delete(watcher);
      watcher.leave();
      signal?.removeEventListener('abort', leave);
    }
  }
}
