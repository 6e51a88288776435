import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { NotebookCell } from '../../../pipeline/contract/notebook.ts';
import { withoutOutputs } from '../../../pipeline/notebooks/document/edit-document.ts';
import { toNotebookCell } from '../../../pipeline/notebooks/document/cell-view.ts';
import type { NotebookSession } from '../../../pipeline/notebooks/session/notebook-session.ts';
import { brief, cell, documentOf, openSession, slider, sql } from './open-session.ts';
import type { SumEngine } from './sum-engine.ts';

const ids = ['A', 'a', 'b', 'c', 'd', 'e'] as const;
const names = ['x', 'y', 'z', 'X'] as const;

const source = fc.oneof(
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom('k', 'm'), fc.nat(9))
      .map(([name, value]) => slider(name, value)),
  },
  {
    weight: 5,
    arbitrary: fc
      .tuple(
        fc.option(fc.constantFrom(...names)),
        fc.constantFrom('1', '20', '{{k}}', '{{m}} + {{k}}', 'broken', '300 {{k}}'),
        fc.uniqueArray(fc.constantFrom('x', 'y', 'z', 'silver.sales'), { maxLength: 2 }),
      )
      .map(([name, own, from]) =>
        sql(name, `select ${own}${from.length === 0 ? '' : ` from ${from.join(', ')}`}`),
      ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '# words',
      '%%strata javascript\nconsole.log(k, x)',
      '%%strata kpis\n{"asOf": "2024-0{{k}}-01"}',
    ),
  },
);

type Step =
  | { readonly kind: 'change'; readonly id: (typeof ids)[number]; readonly source: string }
  | { readonly kind: 'remove' | 'run' | 'again'; readonly id: (typeof ids)[number] }
  | { readonly kind: 'turn' | 'cancel' | 'data' | 'die' | 'mode' | 'settle' | 'wait' | 'clear' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('change' as const),
      id: fc.constantFrom(...ids),
      source,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('remove' as const, 'run' as const, 'again' as const),
      id: fc.constantFrom(...ids),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'turn',
        'cancel',
        'data',
        'die',
        'mode',
        'settle',
        'wait',
        'clear' as const,
      ),
    }),
  },
);

async function take(step: Step, session: NotebookSession, engine: SumEngine): Promise<void> {
  const here: readonly NotebookCell[] = session.document.cells.map(toNotebookCell);
  const order = here.map(({ id }) => id);
  switch (step.kind) {
    case 'change':
      return session.update({ changed: [cell(step.id, step.source)] });
    case 'remove':
      return session.update({ changed: [], order: order.filter((id) => id !== step.id) });
    case 'turn':
      return session.update({ changed: [], order: order.toReversed() });
    case 'mode':
      return session.update({
        changed: [],
        mode: session.document.mode === 'manual' ? 'reactive' : 'manual',
      });
    case 'run':
    case 'again':
      if (order.includes(step.id)) void session.run([step.id], { again: step.kind === 'again' });
      return;
    case 'cancel':
      return session.cancel();
    case 'clear':
      return session.clearOutputs();
    case 'die':
      return engine.die();
    case 'data':
      engine.data += 1000;
      return session.refresh();
    case 'settle':
      return session.idle();
    case 'wait':
      return new Promise((resolve) => setImmediate(resolve));
  }
}

test('whatever was edited, run, cancelled and lost in between, a notebook shows what running it from scratch shows', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(source, { maxLength: 4 }),
      fc.array(step, { maxLength: 25 }),
      fc.nat(3),
      async (sources, steps, turns) => {
        const first = sources.map((text, at) => cell(ids[at] ?? 'A', text));
        const { session, engine } = openSession(documentOf(first));
        engine.turns = turns;
        for (const one of steps) await take(one, session, engine);
        await session.run('all');
        await session.idle();

        const fresh = openSession(withoutOutputs(session.document));
        fresh.engine.data = engine.data;
        await fresh.session.run('all');
        await fresh.session.idle();
        expect(brief(session)).toEqual(brief(fresh.session));
        const stale = new Set(
          session.states().flatMap(({ id, status }) => (status === 'stale' ? [id] : [])),
        );
        const kept = session.document.cells.filter(({ id }) => !stale.has(id));
        expect(kept).toEqual(fresh.session.document.cells.filter(({ id }) => !stale.has(id)));

        const made = engine.made.length;
        await session.run('all');
        const failing = session.states().filter(({ status }) => status === 'failed').length;
        expect(engine.made.length).toBe(made);
        expect(failing).toBe(
          fresh.session.states().filter(({ status }) => status === 'failed').length,
        );
        engine.turns = 0;
        await session.close();
        await new Promise((resolve) => setImmediate(resolve));
      },
    ),
    { numRuns: 400 },
  );
});

test('a reactive notebook whose cells have all been run shows after any change what running it from scratch shows', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(source, { minLength: 2, maxLength: 6 }),
      fc.array(fc.tuple(fc.constantFrom(...ids), source), { minLength: 1, maxLength: 6 }),
      fc.nat(2),
      async (sources, changes, turns) => {
        const first = sources.map((text, at) => cell(ids[at] ?? 'A', text));
        const { session, engine } = openSession(documentOf(first));
        engine.turns = turns;
        await session.run('all');
        for (const [id, text] of changes) {
          if (!session.document.cells.some((one) => one.id === id)) continue;
          session.update({ changed: [cell(id, text)] });
          await new Promise((resolve) => setImmediate(resolve));
        }
        await session.idle();
        const fresh = openSession(withoutOutputs(session.document));
        await fresh.session.run('all');
        const asked = session.states().filter(({ status }) => status !== 'idle');
        const [live, scratch] = [brief(session), brief(fresh.session)];
        for (const { id } of asked) expect([id, live[id]]).toEqual([id, scratch[id]]);
        await session.close();
      },
    ),
    { numRuns: 200 },
  );
});
