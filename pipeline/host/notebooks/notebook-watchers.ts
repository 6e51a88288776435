import type { CellState, NotebookEvent, NotebookView } from '../../contract/notebook.ts';

/** What one page has not been told yet. Of a cell's states only the latest waits, however slow the page is. */
class Watcher {
  readonly #states = new Map<string, CellState>();
  #others: NotebookEvent[] = [];
  #wake: (() => void) | null = null;

  tell(event: NotebookEvent): void {
    if (event.kind === 'states') {
      for (const state of event.states) this.#states.set(state.id, state);
    } else {
      // A whole notebook has every state in it.
      if (event.kind === 'opened') this.#states.clear();
      this.#others = [...this.#others.filter(({ kind }) => kind !== event.kind), event];
    }
    this.wake();
  }

  wake(): void {
    this.#wake?.();
  }

  take(): NotebookEvent[] {
    const states = [...this.#states.values()];
    const events = [
      ...this.#others,
      ...(states.length === 0 ? [] : [{ kind: 'states' as const, states }]),
    ];
    this.#states.clear();
    this.#others = [];
    return events;
  }

  waiting(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}

/** Tells every page that has a notebook open what happens to it. */
export class NotebookWatchers {
  readonly #watchers = new Set<Watcher>();
  #closed = false;

  get count(): number {
    return this.#watchers.size;
  }

  tell(event: NotebookEvent): void {
    for (const watcher of this.#watchers) watcher.tell(event);
  }

  /** Ends every page's stream. */
  close(): void {
    this.#closed = true;
    for (const watcher of this.#watchers) watcher.wake();
  }

  /** The notebook as it is, then what changes, until the signal or the close ends it. */
  async *follow(view: () => NotebookView, signal?: AbortSignal): AsyncGenerator<NotebookEvent> {
    const watcher = new Watcher();
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
      signal?.removeEventListener('abort', leave);
    }
  }
}
