import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CellState, NotebookEvent, NotebookView } from '../../pipeline/contract/notebook.ts';
import { NotebookWatchers } from '../../pipeline/host/notebooks/notebook-watchers.ts';
import { mergeEvent } from '../../renderer/notebook/state/merge-event.ts';
import { startState, type NotebookState } from '../../renderer/notebook/state/notebook-state.ts';
import { sql, told, view } from '../renderer/notebook/cells.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

const ids = ['a', 'b', 'c'] as const;
const cells = ids.map((id) => sql(id));
const output = (value: number): CellState['outputs'] => [
  { output_type: 'stream', name: 'stdout', text: String(value) },
];

/** What runs in a notebook, and what its host tells of it. */
class Told {
  readonly watchers = new NotebookWatchers();
  readonly states = new Map<string, CellState>(ids.map((id) => [id, told(id)]));

  readonly view = (): NotebookView => view(cells, { states: [...this.states.values()] });

  change(id: string, change: Partial<CellState>): void {
    const state = { ...told(id), ...this.states.get(id), ...change };
    this.states.set(id, state);
    this.watchers.tellStates([{ ...state, outputs: [...state.outputs] }]);
  }
}

const nothing = { cells: new Set<string>(), order: false, known: new Set<string>(), mode: false };

/** A page that takes what it is told as fast as it comes, or when it is let. */
class Page {
  readonly events: NotebookEvent[] = [];
  readonly #stream: AsyncGenerator<NotebookEvent>;
  readonly #leave = new AbortController();
  readonly #over: Promise<void>;
  state: NotebookState | null = null;
  /** Ends when a slow page is ready for the next event. */
  ready: Promise<void> = Promise.resolve();

  constructor({ watchers, view }: Told) {
    this.#stream = watchers.follow(view, this.#leave.signal);
    this.#over = this.#follow();
  }

  async #follow(): Promise<void> {
    for await (const event of this.#stream) {
      this.events.push(event);
      if (event.kind === 'opened') this.state ??= startState(event.notebook);
      this.state = this.state === null ? null : mergeEvent(this.state, event, nothing);
      await this.ready;
    }
  }

  states(): CellState[] {
    return [...(this.state?.states.values() ?? [])];
  }

  async leave(): Promise<void> {
    this.#leave.abort();
    await this.#over;
  }
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

type Step =
  | {
      readonly kind: 'change';
      readonly id: string;
      readonly status: CellState['status'];
      readonly value: number | null;
    }
  | { readonly kind: 'pass'; readonly ms: number }
  | { readonly kind: 'open' }
  | { readonly kind: 'reload' }
  | { readonly kind: 'stall'; readonly ms: number };

/** A cell may give again what it gave before, as the same objects. */
const pool = [0, 1, 2].map(output);

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant('change' as const),
        id: fc.constantFrom(...ids),
        status: fc.constantFrom('waiting', 'running', 'done', 'failed', 'stale' as const),
        value: fc.option(fc.nat(2)),
      }),
    },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.nat(100) }) },
    { weight: 1, arbitrary: fc.constantFrom<Step>({ kind: 'open' }, { kind: 'reload' }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('stall' as const), ms: fc.nat(60) }) },
  ),
  { maxLength: 30 },
);

test('however states change and however slowly a page takes them, it has them all in the end, as has one that comes later', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (taken) => {
      const here = new Told();
      let page = new Page(here);
      const pages = [page];
      for (const step of taken) {
        if (step.kind === 'pass') await pass(step.ms);
        else if (step.kind === 'reload') pages.push((page = new Page(here)));
        else if (step.kind === 'open')
          here.watchers.tell({ kind: 'opened', notebook: here.view() });
        else if (step.kind === 'stall')
          page.ready = new Promise((resolve) => void setTimeout(resolve, step.ms));
        else
          here.change(step.id, {
            status: step.status,
            ...(step.value === null ? {} : { outputs: pool[step.value] ?? [] }),
          });
      }
      // Longer than a page stalls and than anything is kept back.
      await pass(200);
      for (const one of pages) expect(one.states()).toEqual([...here.states.values()]);
      for (const id of ids) here.change(id, { status: 'done', outputs: output(9) });
      await pass(0);
      for (const one of pages) expect(one.states()).toEqual([...here.states.values()]);
      await Promise.all(pages.map((one) => one.leave()));
    }),
    { numRuns: 300 },
  );
});

const toldOf = ({ events }: Page) =>
  events.flatMap((event) =>
    event.kind === 'states'
      ? [event.states.map(({ id, status, outputs }) => [id, status, outputs?.[0]?.['text']])]
      : [],
  );

test('what a slider sets off and what is over within a moment is told once, with its outputs', async () => {
  const here = new Told();
  const page = new Page(here);
  await pass(0);
  here.change('a', { status: 'running' });
  here.change('b', { status: 'waiting' });
  await pass(30);
  here.change('a', { status: 'done', outputs: output(1) });
  here.change('b', { status: 'running' });
  await pass(10);
  here.change('b', { status: 'done', outputs: output(2) });
  await pass(0);
  expect(toldOf(page)).toEqual([
    [
      ['a', 'done', '1'],
      ['b', 'done', '2'],
    ],
  ]);
  await page.leave();
});

test('a run that lasts is told, without outputs that the page has, and keeps no other result from it', async () => {
  const here = new Told();
  here.change('a', { outputs: output(1) });
  const page = new Page(here);
  await pass(0);
  here.change('a', { status: 'running' });
  await pass(100);
  expect(toldOf(page)).toEqual([[['a', 'running', undefined]]]);
  here.change('b', { status: 'running' });
  here.change('b', { status: 'done', outputs: output(2) });
  await pass(20);
  here.change('a', { status: 'done', outputs: output(1) });
  await pass(0);
  // The same text, but of another run.
  expect(toldOf(page).slice(1)).toEqual([[['b', 'done', '2']], [['a', 'done', '1']]]);
  expect(page.states()).toEqual([...here.states.values()]);
  await page.leave();
});
