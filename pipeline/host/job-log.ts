import type { JobEvent } from '../contract/schemas.ts';

interface Entry {
  readonly sequence: number;
  readonly event: JobEvent;
}

const progressKept = 500;

/** Drops the older half of progress, but never the latest of a step nor an end; the order stays. */
function compact(entries: readonly Entry[]): Entry[] {
  const steps = new Set<string>();
  const recent = entries.length - progressKept / 2;
  const kept: Entry[] = [];
  for (const [index, entry] of [...entries.entries()].toReversed()) {
    const superseded = entry.event.kind === 'progress' && steps.has(entry.event.step);
    if (!superseded || index >= recent) kept.push(entry);
    if (entry.event.kind === 'progress') steps.add(entry.event.step);
  }
  return kept.toReversed();
}

/** The events of one job. Who keeps up sees each of them; who lags or comes late misses superseded progress only. */
export class JobLog {
  readonly #wakers = new Set<() => void>();
  #entries: Entry[] = [];
  #sequence = 0;
  #compactAt = progressKept;
  #ended = false;

  get last(): JobEvent | null {
    return this.#entries.at(-1)?.event ?? null;
  }

  get ended(): boolean {
    return this.#ended;
  }

  get watchers(): number {
    return this.#wakers.size;
  }

  /** Adds an event; nothing can follow an end. */
  append(event: JobEvent): void {
    if (this.#ended) return;
    this.#sequence += 1;
    this.#entries.push({ sequence: this.#sequence, event });
    this.#ended = event.kind !== 'progress';
    if (this.#entries.length > this.#compactAt) {
      this.#entries = compact(this.#entries);
      this.#compactAt = Math.max(progressKept, 2 * this.#entries.length);
    }
    for (const wake of this.#wakers) wake();
  }

  /** From the first event to the end, waiting for what is still to come. An aborted signal ends it, also while it waits. */
  async *follow(signal?: AbortSignal): AsyncGenerator<JobEvent, void, undefined> {
    let wake: (() => void) | null = null;
    const alarm = (): void => wake?.();
    const leave = (): void => {
      this.#wakers.delete(alarm);
      alarm();
    };
    this.#wakers.add(alarm);
    signal?.addEventListener('abort', leave);
    const left = (): boolean => signal?.aborted ?? false;
    try {
      let seen = 0;
      while (!left()) {
        for (const { sequence, event } of this.#after(seen)) {
          yield event;
          if (left()) return;
          seen = sequence;
        }
        if (seen < this.#sequence) continue;
        if (this.#ended) return;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    } finally {
      this.#wakers.delete(alarm);
      signal?.removeEventListener('abort', leave);
    }
  }

  #after(sequence: number): Entry[] {
    const first = this.#entries.findIndex((entry) => entry.sequence > sequence);
    return first === -1 ? [] : this.#entries.slice(first);
  }
}
