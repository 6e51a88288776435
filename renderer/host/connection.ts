import { AppError } from '../../pipeline/contract/errors.ts';
import type { Dial, Wire } from './transport.ts';

export type ConnectionState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'open' }
  | { readonly kind: 'lost'; readonly attempt: number }
  | { readonly kind: 'unauthorised' };

/** Milliseconds before attempt number `attempt` (from 1): doubling from a quarter of a second to five. */
export function backoff(attempt: number): number {
  return Math.min(250 * 2 ** (attempt - 1), 5000);
}

interface Effects {
  readonly wait: (milliseconds: number) => Promise<void>;
}

const defaultEffects: Effects = {
  wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};

/** Keeps one wire to the host alive and says in what state it is. */
export class Connection {
  readonly #dial: Dial;
  readonly #effects: Effects;
  readonly #listeners = new Set<() => void>();
  #state: ConnectionState = { kind: 'connecting' };
  #wire: Wire | null = null;
  #wake: () => void = () => {};

  constructor(dial: Dial, effects: Effects = defaultEffects) {
    this.#dial = dial;
    this.#effects = effects;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly state = (): ConnectionState => this.#state;

  /** Ends a wait between two attempts. */
  readonly retryNow = (): void => this.#wake();

  /** The open wire. Waits for the first one; later, while the host is lost, refuses at once. */
  wire(): Promise<Wire> {
    if (this.#wire !== null) return Promise.resolve(this.#wire);
    if (this.#state.kind !== 'connecting') return Promise.reject(this.#absence());
    return new Promise((resolve, reject) => {
      const leave = this.subscribe(() => {
        leave();
        if (this.#wire === null) reject(this.#absence());
        else resolve(this.#wire);
      });
    });
  }

  /** Whether this wire is still the open one. */
  has(wire: Wire): boolean {
    return this.#wire === wire;
  }

  /** Runs until the host refuses this page; call it once. */
  async run(): Promise<void> {
    let attempt = 0;
    let refusals = 0;
    for (;;) {
      const result = await this.#dial();
      if (result.kind === 'open') {
        attempt = 0;
        refusals = 0;
        this.#wire = result.wire;
        this.#enter({ kind: 'open' });
        await result.wire.ended;
        this.#wire = null;
      }
      // A host that is just starting may serve the page a moment before it takes the socket.
      refusals = result.kind === 'refused' ? refusals + 1 : 0;
      if (refusals > 1) {
        this.#enter({ kind: 'unauthorised' });
        return;
      }
      attempt += 1;
      if (result.kind !== 'refused') this.#enter({ kind: 'lost', attempt });
      const woken = new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      await Promise.race([this.#effects.wait(backoff(attempt)), woken]);
    }
  }

  #absence(): AppError {
    return new AppError(this.#state.kind === 'unauthorised' ? 'UNAUTHORISED' : 'HOST_LOST');
  }

  #enter(state: ConnectionState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}
