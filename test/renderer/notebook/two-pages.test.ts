import { expect, onTestFinished, test, vi } from 'vitest';
import type { HostClient } from '../../../renderer/host/client.ts';
import { memoryStore } from '../../../pipeline/host/browser/memory-store.ts';
import { OpenNotebook } from '../../../pipeline/host/notebooks/open-notebook.ts';
import { NotebookSession } from '../../../renderer/notebook/session/notebook-session.ts';
import { EchoPanels, EchoScripts, SumEngine } from '../../notebooks/session/sum-engine.ts';
import { prose } from './cells.ts';

/** The same numbers for the same seed (mulberry32). */
function random(seed: number) {
  let a = seed;
  return (below: number): number => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

const text = JSON.stringify({
  cells: ['a', 'b', 'c', 'd'].map((id) => ({
    id,
    cell_type: 'markdown',
    metadata: {},
    source: id,
  })),
  metadata: {},
  nbformat: 4,
  nbformat_minor: 5,
});

async function hosted(): Promise<OpenNotebook> {
  const notebook = await OpenNotebook.open({
    id: 'n',
    path: 'a.ipynb',
    store: memoryStore('a.ipynb', text),
    trust: { isTrusted: async () => false, trust: async () => undefined },
    engines: () => ({
      tables: new SumEngine(),
      panels: new EchoPanels(),
      scripts: new EchoScripts(),
      renew: async () => undefined,
    }),
    now: () => new Date(0),
  });
  onTestFinished(() => notebook.close());
  return notebook;
}

const pause = (ms: number) => new Promise((resolve) => void setTimeout(resolve, ms));

/** A page whose calls and events take as long as chance has it, and come in the order in which they were sent. */
function page(notebook: OpenNotebook, chance: (below: number) => number) {
  const update = async (sent: Parameters<OpenNotebook['update']>[0] & { id: string }) => {
    await pause(chance(4));
    return notebook.update(sent);
  };
  const session = new NotebookSession(
    { update } as unknown as HostClient['notebooks'],
    notebook.view(),
  );
  const leave = new AbortController();
  const follow = async () => {
    for await (const event of notebook.watch(leave.signal, session.page)) {
      await pause(chance(4));
      session.tell(event);
    }
  };
  const following = follow();
  onTestFinished(async () => {
    leave.abort();
    await following;
  });
  return { session, leave: () => leave.abort() };
}

const orderOf = (session: NotebookSession) => session.state().content.order;

test.each(Array.from({ length: 12 }, (_, seed) => seed + 1))(
  'two pages that add, delete and move cells at once lose none that was added, and bring back none but what was written in (seed %i)',
  async (seed) => {
    const chance = random(seed);
    const notebook = await hosted();
    const pages = [page(notebook, chance), page(notebook, chance)].map(({ session }) => session);
    await pause(10);
    const there = new Set(['a', 'b', 'c', 'd']);
    const written = new Map<string, string>();
    for (let step = 0; step < 40; step++) {
      const session = pages[chance(2)];
      const cell = session?.state().content.order[chance(orderOf(session).length)];
      if (session === undefined || cell === undefined) break;
      session.act({ kind: 'select', cell, extend: false });
      const what = chance(4);
      if (what === 0 && orderOf(session).length > 2) {
        session.act({ kind: 'delete' });
        there.delete(cell);
      } else if (what === 1) session.act({ kind: 'move', by: chance(2) === 0 ? -1 : 1 });
      else if (what === 2) {
        session.act({ kind: 'type', cell, source: `${step}` }, 'now');
        written.set(cell, `${step}`);
      } else {
        session.act({ kind: 'insert', where: 'below', cell: prose(`n${step}`) });
        there.add(`n${step}`);
      }
      await pause(chance(4));
    }
    const here = () => notebook.view().cells.map(({ id }) => id);
    await vi.waitFor(() => {
      expect(pages.some((one) => one.hasUnsent())).toBe(false);
      expect(pages.map((one) => [...orderOf(one)])).toEqual([here(), here()]);
    });
    expect(here()).toEqual(expect.arrayContaining([...there]));
    const back = notebook.view().cells.filter(({ id }) => !there.has(id));
    expect(back.map(({ id, source }) => [id, source])).toEqual(
      back.map(({ id }) => [id, written.get(id)]),
    );
  },
);

test('what a page types that watches no longer, the page that stays is told, and types on from there', async () => {
  const notebook = await hosted();
  const [staying, leaving] = [page(notebook, () => 1), page(notebook, () => 1)];
  await pause(10);
  leaving.leave();
  leaving.session.act({ kind: 'type', cell: 'a', source: 'theirs' }, 'now');
  const shown = () => staying.session.state().content.cells.get('a')?.source ?? '';
  await vi.waitFor(() => expect(shown()).toBe('theirs'));
  staying.session.act({ kind: 'type', cell: 'a', source: `${shown()} and mine` }, 'now');
  await vi.waitFor(() => expect(notebook.view().cells[0]?.source).toBe('theirs and mine'));
});

test('a cell that one page deletes while another writes in it is there on both, and gone once it is deleted again', async () => {
  const notebook = await hosted();
  const [writing, deleting] = [page(notebook, () => 2), page(notebook, () => 2)];
  await pause(10);
  deleting.session.act({ kind: 'select', cell: 'b', extend: false });
  deleting.session.act({ kind: 'delete' });
  writing.session.act({ kind: 'type', cell: 'b', source: 'an hour of thought' }, 'now');
  const pages = [writing.session, deleting.session];
  const seen = () =>
    pages.map((one) => [orderOf(one).join(''), one.state().content.cells.get('b')?.source]);
  const kept = ['abcd', 'an hour of thought'];
  await vi.waitFor(() => expect(seen()).toEqual([kept, kept]));
  expect(
    notebook
      .view()
      .cells.map(({ id }) => id)
      .join(''),
  ).toBe('abcd');
  deleting.session.act({ kind: 'select', cell: 'b', extend: false });
  deleting.session.act({ kind: 'delete' });
  await vi.waitFor(() =>
    expect(seen()).toEqual([
      ['acd', undefined],
      ['acd', undefined],
    ]),
  );
});
