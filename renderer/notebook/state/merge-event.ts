import { mergeOrder } from '../../../pipeline/contract/merge-order.ts';
import type {
  NotebookEvent,
  NotebookView,
  ToldState,
} from '../../../pipeline/contract/notebook.ts';
import { withKeptOutputs } from './kept-outputs.ts';
import {
  contentOf,
  sameCell,
  sameContent,
  sameOrder,
  type NotebookContent,
} from './notebook-content.ts';
import { factsOf, type NotebookFacts, type NotebookState } from './notebook-state.ts';
import { kept } from './selection.ts';
import { emptyHistory } from './undo-history.ts';

/** What this page changed and the host has not taken yet: it is never overwritten. */
export interface Unsent {
  readonly cells: ReadonlySet<string>;
  readonly order: boolean;
  /** What the host had told when it was changed. */
  readonly known: ReadonlySet<string>;
  readonly mode: boolean;
}

function mergedContent(
  mine: NotebookContent,
  notebook: NotebookView,
  unsent: Unsent,
): NotebookContent {
  const theirs = contentOf(notebook.cells);
  const cells = new Map<string, NotebookView['cells'][number]>();
  for (const cell of notebook.cells) {
    const own = mine.cells.get(cell.id);
    // What it takes along the host has by now: told again, it would bring back what another program took out.
    const isSame = own !== undefined && own.from === undefined && sameCell(own, cell);
    const keep = unsent.cells.has(cell.id) || isSame;
    cells.set(cell.id, keep && own !== undefined ? own : cell);
  }
  // New here, or removed elsewhere while it was written in: the host takes it back.
  const written = mine.order.filter((id) => unsent.cells.has(id) && !theirs.cells.has(id));
  for (const id of written) {
    const own = mine.cells.get(id);
    if (own !== undefined) cells.set(id, own);
  }
  const own = mine.order.filter((id) => cells.has(id));
  // An order that was not sent says which cells are gone, but knows nothing of those that came since.
  const order = unsent.order
    ? mergeOrder({ told: own, here: theirs.order, known: unsent.known })
    : mergeOrder({ told: theirs.order, here: own, known: new Set() });
  const known = new Set(order);
  for (const id of cells.keys()) if (!known.has(id)) cells.delete(id);
  const next = { order: sameOrder(order, mine.order) ? mine.order : order, cells };
  return sameContent(mine, next) && mine.cells.size === cells.size ? mine : next;
}

/** Takes the notebook as the host has it, but for what was changed here meanwhile. */
export function mergeOpened(
  state: NotebookState,
  notebook: NotebookView,
  unsent: Unsent,
): NotebookState {
  const content = mergedContent(state.content, notebook, unsent);
  const editing = state.focus.kind === 'edit' && !content.cells.has(state.focus.cell);
  return {
    ...state,
    content,
    // What somebody else changed is not ours to undo.
    history: content === state.content ? state.history : emptyHistory,
    states: new Map(
      notebook.states.map((told) => [told.id, withKeptOutputs(told, state.states.get(told.id))]),
    ),
    selection: kept(state.selection, state.content.order, content.order),
    focus: editing ? { kind: 'command' } : state.focus,
    mode: unsent.mode ? state.mode : notebook.mode,
    facts: { ...factsOf(notebook), newData: state.facts.newData, problem: state.facts.problem },
  };
}

function mergeStates(
  states: NotebookState['states'],
  told: readonly ToldState[],
): NotebookState['states'] {
  const merged = new Map(states);
  for (const state of told) {
    const shown = states.get(state.id);
    merged.set(state.id, withKeptOutputs({ outputs: shown?.outputs ?? [], ...state }, shown));
  }
  return merged;
}

function withFacts(state: NotebookState, facts: Partial<NotebookFacts>): NotebookState {
  return { ...state, facts: { ...state.facts, ...facts } };
}

/** What the host tells of an open notebook, put into what this page has of it. */
export function mergeEvent(
  state: NotebookState,
  event: NotebookEvent,
  unsent: Unsent,
): NotebookState {
  switch (event.kind) {
    case 'opened':
      return mergeOpened(state, event.notebook, unsent);
    case 'states':
      return { ...state, states: mergeStates(state.states, event.states) };
    case 'saved':
      return withFacts(state, { saved: { kind: 'saved', at: event.at }, conflict: false });
    case 'unsaved':
      return withFacts(state, { saved: { kind: 'unsaved', problem: event.problem } });
    case 'conflict':
      return withFacts(state, { conflict: true, gone: event.gone === true });
    case 'data':
      return state.mode === 'manual' ? withFacts(state, { newData: { asOf: event.asOf } }) : state;
  }
}
