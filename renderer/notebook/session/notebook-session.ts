import type { NotebookEvent, NotebookView } from '../../../pipeline/contract/notebook.ts';
import { digestOfRunnable } from '../../../pipeline/contract/runnable-digest.ts';
import type { HostClient } from '../../host/client.ts';
import { toProblem } from '../../host/problem.ts';
import { HostedCells } from './hosted-cells.ts';
import { later } from './later.ts';
import { newId } from './new-id.ts';
import { shownCode } from './shown-code.ts';
import { mergeEvent, type Unsent } from '../state/merge-event.ts';
import { sameContent } from '../state/notebook-content.ts';
import { InputPace } from '../state/input-pace.ts';
import type { NotebookAction } from '../state/notebook-action.ts';
import { notebookReducer } from '../state/notebook-reducer.ts';
import { startState, type NotebookFacts, type NotebookState } from '../state/notebook-state.ts';
import {
  isEmpty,
  knownOf,
  PendingUpdate,
  type Changes,
  type Urgency,
} from '../state/pending-update.ts';

type Notebooks = HostClient['notebooks'];

/** One open notebook of this page: what it is, what is done to it, and what the host has yet to take. */
export class NotebookSession {
  readonly #notebooks: Notebooks;
  readonly #listeners = new Set<() => void>();
  readonly #pending: PendingUpdate;
  readonly #pace = new InputPace();
  readonly #hosted: HostedCells;
  /** By which the host knows whose changes these are. */
  readonly page = newId();
  #id: string;
  #revision: number;
  #reading: number | undefined;
  /** The reading that what is not sent yet was made on. */
  #madeOn: number | undefined;
  #state: NotebookState;

  constructor(notebooks: Notebooks, notebook: NotebookView) {
    this.#notebooks = notebooks;
    this.#id = notebook.id;
    this.#revision = notebook.revision;
    this.#reading = notebook.reading;
    this.#madeOn = notebook.reading;
    this.#hosted = new HostedCells(notebook.cells);
    this.#state = startState(notebook);
    this.#pending = new PendingUpdate({
      send: (changes) => this.#send(changes),
      later,
      onChange: () => this.#tellUnsent(),
      wait: () => this.#pace.wait(performance.now()),
    });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  readonly state = (): NotebookState => this.#state;

  get id(): string {
    return this.#id;
  }

  /** Whether something would be lost if this page were gone now. */
  hasUnsent(): boolean {
    return !isEmpty(this.#pending.unsent());
  }

  /** Does what a person asked; what it changes goes to the host. */
  readonly act = (action: NotebookAction, urgency?: Urgency): void => {
    const before = this.#state;
    this.#enter(notebookReducer(before, action));
    const { content, mode } = this.#state;
    if (before.mode === mode && sameContent(before.content, content)) return;
    this.#pending.note(
      this.#hosted.changes({
        before: before.content,
        after: content,
        mode: before.mode === mode ? null : mode,
        unsent: this.#pending.unsent(),
      }),
      urgency ?? (action.kind === 'type' ? 'typing' : 'now'),
    );
  };

  /** Takes what the host tells; nothing that is not sent yet is overwritten. */
  readonly tell = (event: NotebookEvent): void => {
    const unsent = this.#unsent(event);
    if (event.kind === 'opened') {
      if (this.#isOld(event.notebook)) {
        const { trusted, conflict, gone = false, states } = event.notebook;
        this.#enter(mergeEvent(this.#state, { kind: 'states', states }, unsent));
        return this.#setFacts({ trusted, conflict, gone });
      }
      this.#hosted.told(event.notebook.cells);
      this.#id = event.notebook.id;
      this.#revision = event.notebook.revision;
      this.#reading = event.notebook.reading;
      if (!this.hasUnsent()) this.#madeOn = this.#reading;
    }
    // A file written before the last change says nothing of that.
    if (event.kind === 'saved' && (this.hasUnsent() || event.revision < this.#revision)) return;
    this.#enter(mergeEvent(this.#state, event, unsent));
    if (event.kind === 'opened') this.#tellUnsent();
    if (event.kind === 'states' && this.#pace.told(event.states, this.#state.states)) {
      this.#pending.release();
    }
  };

  readonly flush = (): Promise<void> => this.#pending.flush();

  readonly leave = (): void => this.#pending.leave();

  /** Runs cells and what they need, all without `cells`, once the host knows what was typed. */
  readonly run = (cells?: readonly string[]): void => {
    if (!this.#state.facts.trusted)
      return this.#say('Nothing runs before the notebook is trusted.');
    const unsent = this.#pending.unsent().cells;
    const changed = cells?.some((id) => unsent.has(id)) ?? false;
    // A reactive notebook runs what was changed as soon as it arrives: no need to run it twice.
    const again = !(changed && this.#state.mode === 'reactive');
    this.ask(async () => {
      await this.#pending.flush();
      await this.#notebooks.run({
        id: this.#id,
        ...(cells === undefined ? {} : { cells: [...cells] }),
        again,
      });
    });
  };

  readonly cancel = (): void => this.ask(() => this.#notebooks.cancel({ id: this.#id }));

  readonly clearOutputs = (): void =>
    this.ask(() => this.#notebooks.clearOutputs({ id: this.#id }));

  readonly trust = (): void =>
    this.ask(async () => {
      const seen = shownCode(this.#state);
      await this.#pending.flush();
      await this.#notebooks.trust({ id: this.#id, shown: await digestOfRunnable(seen) });
      this.#setFacts({ trusted: true });
    });

  readonly resolve = (keep: 'mine' | 'theirs' | 'both'): void => {
    // Another text takes the place of what is being edited.
    if (keep !== 'mine') this.act({ kind: 'leave' });
    this.ask(async () => {
      if (keep === 'theirs') this.#pending.drop();
      else await this.#pending.flush();
      await this.#notebooks.resolve({ id: this.#id, keep });
      this.#setFacts({ conflict: false });
    });
  };

  readonly save = (): void =>
    this.ask(async () => {
      await this.#pending.flush();
      await this.#notebooks.save({ id: this.#id });
      this.#say('Saved.');
    });

  readonly dismiss = (what: 'recovered' | 'data' | 'problem'): void => {
    if (what === 'recovered') this.#setFacts({ recoveredFrom: null });
    else if (what === 'data') this.#setFacts({ newData: null });
    else this.#setFacts({ problem: null });
  };

  /** Calls the host and tells what came of it if it failed. */
  readonly ask = (call: () => Promise<unknown>): void => {
    void this.#told(call);
  };

  async #told(call: () => Promise<unknown>): Promise<void> {
    try {
      await call();
      if (this.#state.facts.problem !== null) this.#setFacts({ problem: null });
    } catch (error) {
      this.#setFacts({ problem: toProblem(error) });
    }
  }

  /** Made before the host had what it has taken of this page since. */
  #isOld({ id, reading, revision }: NotebookView): boolean {
    return id === this.#id && reading === this.#reading && revision < this.#revision;
  }

  async #send(changes: Changes): Promise<void> {
    const { cells, order, mode } = changes;
    const { states } = this.#state;
    const reading = this.#reading;
    const inputs = [...cells.keys()].filter((id) => states.get(id)?.kind === 'input');
    if (inputs.length > 0) this.#pace.begin(inputs, states, performance.now());
    const { revision } = await this.#notebooks.update({
      id: this.#id,
      page: this.page,
      changed: [...cells.values()],
      ...(order === null ? {} : { order: [...order] }),
      known: [...knownOf(changes)],
      ...(mode === null ? {} : { mode }),
      ...(this.#madeOn === undefined ? {} : { reading: this.#madeOn }),
    });
    if (reading === this.#reading) this.#revision = Math.max(this.#revision, revision);
    this.#hosted.took(changes);
  }

  #unsent(event: NotebookEvent): Unsent {
    const unsent = this.#pending.unsent();
    const { cells, order, mode } = unsent;
    const known = knownOf(unsent);
    const ids = new Set(cells.keys());
    // What another program's file lacks is not deleted: it is asked whose to keep.
    const isOtherFile = event.kind === 'opened' && event.notebook.reading !== this.#madeOn;
    return {
      cells: ids,
      order: order !== null,
      known: isOtherFile ? new Set([...known].filter((id) => !ids.has(id))) : known,
      mode: mode !== null,
    };
  }

  #tellUnsent(): void {
    if (this.hasUnsent()) {
      if (this.#state.facts.saved.kind !== 'unsent') this.#setFacts({ saved: { kind: 'unsent' } });
      return;
    }
    this.#madeOn = this.#reading;
    if (this.#state.facts.saved.kind === 'unsent') this.#setFacts({ saved: { kind: 'saving' } });
  }

  #say(notice: string): void {
    this.#enter({ ...this.#state, notice });
  }

  #setFacts(facts: Partial<NotebookFacts>): void {
    this.#enter({ ...this.#state, facts: { ...this.#state.facts, ...facts } });
  }

  #enter(state: NotebookState): void {
    if (state === this.#state) return;
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}
