import type { NotebookCell, NotebookMode } from '../../../pipeline/contract/notebook.ts';

/** Changes that wait to be sent: the newest of each cell, the newest order. */
export interface Changes {
  readonly cells: ReadonlyMap<string, NotebookCell>;
  readonly order: readonly string[] | null;
  /** Of these the ids that the host had, or was about to have; with an order all of them. */
  readonly known: ReadonlySet<string>;
  /** Cells that were not here before. */
  readonly added: ReadonlySet<string>;
  readonly mode: NotebookMode | null;
}

export const noChanges: Changes = {
  cells: new Map(),
  order: null,
  known: new Set(),
  added: new Set(),
  mode: null,
};

export function isEmpty(changes: Changes): boolean {
  return changes.cells.size === 0 && changes.order === null && changes.mode === null;
}

/** Both as one; what is `later` wins. Cells that the newest order no longer has are left out. */
export function together(earlier: Changes, later: Changes): Changes {
  const cells = new Map([...earlier.cells, ...later.cells]);
  const order = later.order ?? earlier.order;
  if (order !== null) {
    const there = new Set(order);
    for (const id of cells.keys()) if (!there.has(id)) cells.delete(id);
  }
  const known = new Set([...earlier.known, ...later.known]);
  const added = new Set([...earlier.added, ...later.added]);
  return { cells, order, known, added, mode: later.mode ?? earlier.mode };
}

/** What is gone at the host where it does not have these; what was added here is new to it. */
export function knownOf({ cells, known, added }: Changes): Set<string> {
  return new Set([...known].filter((id) => !(added.has(id) && cells.has(id))));
}

/** At once what is decided, at the pace of what it sets off what a hand moves, after a pause what is typed. */
export type Urgency = 'now' | 'moved' | 'typing';

interface Effects {
  readonly send: (changes: Changes) => Promise<void>;
  readonly later: (act: () => void, milliseconds: number) => () => void;
  readonly onChange: () => void;
  /** Milliseconds until what a hand moves may go. */
  readonly wait: () => number;
}

const typingPause = 300;
const retryPause = 1000;

/** Sends one update at a time; what comes meanwhile is sent together when it is through, the latest of each cell. */
export class PendingUpdate {
  readonly #effects: Effects;
  #waiting: Changes = noChanges;
  #sending: Changes = noChanges;
  #flight: Promise<void> | null = null;
  #stopTimer: (() => void) | null = null;
  /** Whether what waits does so for the last value's run alone. */
  #isMoved = false;

  constructor(effects: Effects) {
    this.#effects = effects;
  }

  /** What the host has not taken yet. */
  unsent(): Changes {
    return together(this.#sending, this.#waiting);
  }

  note(changes: Changes, urgency: Urgency): void {
    this.#waiting = together(this.#waiting, changes);
    this.#effects.onChange();
    const pause = { now: 0, moved: this.#effects.wait(), typing: typingPause }[urgency];
    this.#isMoved = urgency === 'moved' && pause > 0;
    if (pause > 0) return this.#schedule(pause);
    this.#clearTimer();
    void this.#start();
  }

  /** What a hand moved need not wait any longer. */
  release(): void {
    if (!this.#isMoved) return;
    this.#clearTimer();
    void this.#start();
  }

  /** Resolves when all that is noted by now was taken; rejects with the first refusal. */
  async flush(): Promise<void> {
    while (this.#flight !== null || !isEmpty(this.#waiting)) {
      await (this.#flight ?? this.#start(true));
    }
  }

  /** The page goes away: everything leaves now, also beside what is still on its way. */
  leave(): void {
    this.#clearTimer();
    if (isEmpty(this.#waiting)) return;
    const all = this.unsent();
    this.#waiting = noChanges;
    this.#sending = all;
    this.#effects.send(all).then(
      () => this.#taken(all),
      () => this.#refused(all),
    );
  }

  /** Forgets what was not sent: the host's version is taken. */
  drop(): void {
    this.#clearTimer();
    this.#waiting = noChanges;
    this.#effects.onChange();
  }

  #schedule(milliseconds: number): void {
    this.#clearTimer();
    this.#stopTimer = this.#effects.later(() => {
      this.#stopTimer = null;
      void this.#start();
    }, milliseconds);
  }

  #clearTimer(): void {
    this.#stopTimer?.();
    this.#stopTimer = null;
  }

  #start(told = false): Promise<void> {
    if (this.#flight !== null || isEmpty(this.#waiting)) return Promise.resolve();
    this.#clearTimer();
    this.#isMoved = false;
    const changes = this.#waiting;
    this.#waiting = noChanges;
    this.#sending = changes;
    const sent = this.#sendOne(changes);
    this.#flight = sent;
    return told ? sent : sent.catch(() => undefined);
  }

  async #sendOne(changes: Changes): Promise<void> {
    try {
      await this.#effects.send(changes);
    } catch (error) {
      this.#flight = null;
      this.#refused(changes);
      throw error;
    }
    this.#flight = null;
    this.#taken(changes);
    if (this.#stopTimer === null) void this.#start();
  }

  #taken(changes: Changes): void {
    if (this.#sending === changes) this.#sending = noChanges;
    this.#effects.onChange();
  }

  /** What was refused waits again, below what was changed since. */
  #refused(changes: Changes): void {
    this.#waiting = together(changes, this.#waiting);
    if (this.#sending === changes) this.#sending = noChanges;
    this.#effects.onChange();
    this.#schedule(retryPause);
  }
}
