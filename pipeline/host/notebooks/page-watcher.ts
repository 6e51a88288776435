import type { CellState, NotebookEvent, ToldState } from '../../contract/notebook.ts';

type Outputs = CellState['outputs'];
type OtherEvent = Exclude<NotebookEvent, { kind: 'states' }>;

/** So long a cell has to wait or run before that is told: what a slider sets off is over by then. */
const busyPause = 80;
/** So long a result waits for those that are based on it, while other cells are still at work. */
const resultPause = 16;

const isBusy = ({ status }: CellState): boolean => status === 'waiting' || status === 'running';

/** A run that gives the same makes other outputs of it, one that is told of again has the same. */
function isSame(a: Outputs, b: Outputs | undefined): boolean {
  return b !== undefined && a.length === b.length && a.every((output, at) => output === b[at]);
}

/** What one page has not been told yet. Of a cell's states only the latest waits, however slow the page is. */
export class PageWatcher {
  readonly page: string | undefined;
  readonly #states = new Map<string, CellState>();
  readonly #busy = new Set<string>();
  /** The outputs that the page has, by cell. */
  readonly #outputs = new Map<string, Outputs>();
  #others: OtherEvent[] = [];
  #wake: (() => void) | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  /** When the states that wait are told; infinite while none do. */
  #due = Number.POSITIVE_INFINITY;

  constructor(page?: string) {
    this.page = page;
  }

  tell(event: OtherEvent): void {
    if (event.kind === 'opened') {
      // A whole notebook has every state in it.
      this.#states.clear();
      this.#busy.clear();
      for (const state of event.notebook.states) this.#note(state);
      this.#stopTimer();
      this.#due = Number.POSITIVE_INFINITY;
    }
    this.#others = [...this.#others.filter(({ kind }) => kind !== event.kind), event];
    this.wake();
  }

  tellStates(states: readonly CellState[]): void {
    let pause = busyPause;
    for (const state of states) {
      this.#states.set(state.id, state);
      if (this.#note(state)) pause = resultPause;
    }
    this.#tellBy(performance.now() + (this.#busy.size === 0 ? 0 : pause));
  }

  /** Cells that are gone keep back nothing that is told of those that are left. */
  keep(cells: ReadonlySet<string>): void {
    for (const known of [this.#states, this.#busy, this.#outputs]) {
      for (const id of known.keys()) if (!cells.has(id)) known.delete(id);
    }
    if (this.#busy.size === 0 && this.#states.size > 0) this.#tellBy(performance.now());
  }

  wake(): void {
    this.#wake?.();
  }

  /** Nobody waits any more. */
  leave(): void {
    this.#stopTimer();
  }

  take(): NotebookEvent[] {
    const events: NotebookEvent[] = this.#others;
    this.#others = [];
    for (const event of events) {
      if (event.kind !== 'opened') continue;
      this.#outputs.clear();
      for (const { id, outputs } of event.notebook.states) this.#outputs.set(id, outputs);
    }
    if (performance.now() < this.#due) return events;
    this.#due = Number.POSITIVE_INFINITY;
    const states = [...this.#states.values()].map((state) => this.#told(state));
    this.#states.clear();
    return states.length === 0 ? events : [...events, { kind: 'states', states }];
  }

  waiting(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  /** True where the cell was at work and is no more. */
  #note(state: CellState): boolean {
    if (!isBusy(state)) return this.#busy.delete(state.id);
    this.#busy.add(state.id);
    return false;
  }

  #told(state: CellState): ToldState {
    const { outputs, ...others } = state;
    if (isSame(outputs, this.#outputs.get(state.id))) return others;
    this.#outputs.set(state.id, outputs);
    return state;
  }

  #tellBy(time: number): void {
    if (time >= this.#due) return;
    this.#due = time;
    this.#stopTimer();
    const left = time - performance.now();
    if (left <= 0) return this.wake();
    // A timer may come a moment before its time.
    this.#timer = setTimeout(() => {
      this.#due = Number.NEGATIVE_INFINITY;
      this.wake();
    }, left);
  }

  #stopTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
