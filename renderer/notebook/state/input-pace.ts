import type { CellState } from '../../../pipeline/contract/notebook.ts';

type States = ReadonlyMap<string, CellState>;

/** So long a value waits for what the one before it set off. */
const patience = 150;

const isBusy = (state: CellState | undefined): boolean =>
  state?.status === 'waiting' || state?.status === 'running';

/** All cells that read what these define, and what reads those. */
function dependentsOf(ids: Iterable<string>, states: States): Set<string> {
  const found = new Set<string>();
  const open = [...ids];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const names = new Set(states.get(id)?.defines.map((name) => name.toLowerCase()));
    for (const [reader, { reads }] of states) {
      if (found.has(reader) || !reads.some((name) => names.has(name.toLowerCase()))) continue;
      found.add(reader);
      open.push(reader);
    }
  }
  return found;
}

interface Sent {
  readonly at: number;
  readonly dependents: ReadonlySet<string>;
  /** Whether the host has told of any of them since. */
  readonly answered: boolean;
}

/**
 * When the next value of an input may go: a host that gets a value stops what runs for the one before, so that a hand
 * that never rests would never see a chart.
 */
export class InputPace {
  #sent: Sent | null = null;

  /** These inputs are about to be sent. */
  begin(inputs: readonly string[], states: States, now: number): void {
    const dependents = dependentsOf(inputs, states);
    this.#sent = dependents.size === 0 ? null : { at: now, dependents, answered: false };
  }

  /** The host told these states; `states` has them. True where that ended what the last value set off. */
  told(changed: readonly Pick<CellState, 'id'>[], states: States): boolean {
    const sent = this.#sent;
    if (sent === null) return false;
    const answered = sent.answered || changed.some(({ id }) => sent.dependents.has(id));
    const busy = [...sent.dependents].some((id) => isBusy(states.get(id)));
    this.#sent = answered && !busy ? null : { ...sent, answered };
    return this.#sent === null;
  }

  /** Milliseconds until the next value may go whatever still runs; 0 where it may go now. */
  wait(now: number): number {
    return this.#sent === null ? 0 : Math.max(0, this.#sent.at + patience - now);
  }
}
