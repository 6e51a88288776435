/** Whether cells of the page can run. */
export type EngineState =
  | { readonly kind: 'starting' }
  | { readonly kind: 'live' }
  | { readonly kind: 'dead'; readonly message: string; readonly next: string };

/** The state of an engine, for whoever shows it. */
export class EngineStatus {
  readonly #listeners = new Set<() => void>();
  #state: EngineState = { kind: 'starting' };

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  readonly state = (): EngineState => this.#state;

  readonly enter = (state: EngineState): void => {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  };
}
