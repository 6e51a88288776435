import { link, mkdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { NotebookEvent, NotebookView } from '../../pipeline/contract/notebook.ts';
import { digestOfRunnable } from '../../pipeline/contract/runnable-digest.ts';
import { openLocalWorkbench } from '../../pipeline/host/node/local-workbench.ts';
import { NotebookFiles } from '../../pipeline/host/node/notebooks/notebook-files.ts';
import type { Workbench } from '../../pipeline/host/workbench.ts';
import { openWorkspace } from '../../pipeline/workspace/node/workspace.ts';
import { temporaryFolder } from '../helpers/temporary-workspace.ts';

const cell = (id: string, source: string) => ({
  id,
  cell_type: 'code',
  execution_count: null,
  metadata: {},
  outputs: [],
  source,
});

const tour = {
  cells: [
    { id: 'title', cell_type: 'markdown', metadata: {}, source: '# Tour' },
    cell('k', 'k = 3  # strata: {"kind": "slider", "min": 1, "max": 1000}'),
    cell('sum', '%%sql --save total\nselect sum(i) as s from numbers'),
    cell('numbers', '%%sql --save numbers\nselect * from range({{k}} + 1) t(i)'),
  ],
  metadata: {},
  nbformat: 4,
  nbformat_minor: 5,
};

let folder: string;
let home: string;

beforeEach(async () => {
  folder = join(await temporaryFolder(), 'shop');
  home = await temporaryFolder();
  vi.stubEnv('STRATA_HOME', home);
  await mkdir(join(folder, 'notebooks'), { recursive: true });
});

const at = (name: string): string => join(folder, 'notebooks', name);
const onDisk = async (name: string) =>
  JSON.parse(await readFile(at(name), 'utf8')) as { cells: { source: string | string[] }[] };
const source = ({ cells }: { cells: { source: string | string[] }[] }, index: number): string =>
  [cells[index]?.source ?? ''].flat().join('');

async function hosted(): Promise<Workbench> {
  const workbench = await openLocalWorkbench(await openWorkspace(folder, { create: true }));
  onTestFinished(() => workbench.close());
  return workbench;
}

/** What a page that watches would have: the latest of everything. */
function watching({ notebooks }: Workbench, id: string) {
  const seen = {
    opened: 0,
    conflict: 0,
    saved: -1,
    unsaved: '',
    view: null as NotebookView | null,
  };
  const take = (event: NotebookEvent): void => {
    if (event.kind === 'opened') {
      seen.opened++;
      seen.view = event.notebook;
    } else if (event.kind === 'states' && seen.view !== null) {
      const changed = new Map(event.states.map((state) => [state.id, state]));
      const states = seen.view.states.map((state) => ({ ...state, ...changed.get(state.id) }));
      seen.view = { ...seen.view, states };
    } else if (event.kind === 'saved') seen.saved = event.revision;
    else if (event.kind === 'conflict') seen.conflict++;
    else if (event.kind === 'unsaved') seen.unsaved = event.problem;
  };
  const leave = new AbortController();
  const over = (async () => {
    for await (const event of notebooks.watch(id, leave.signal)) take(event);
  })();
  onTestFinished(async () => {
    leave.abort();
    await over;
  });
  const result = (cellId: string): string =>
    JSON.stringify(seen.view?.states.find(({ id }) => id === cellId)?.outputs ?? []);
  return { seen, result, leave: () => leave.abort() };
}

/** What somebody who reads the tour now would trust. */
async function seen(notebooks: Workbench['notebooks']): Promise<string> {
  const { cells } = await notebooks.open('tour.ipynb');
  const code = cells.filter(({ type }) => type === 'code');
  return digestOfRunnable(code.map(({ source }) => ({ source, isSetup: false })));
}

const soon = (check: () => void | Promise<void>) =>
  vi.waitFor(check, { timeout: 20_000, interval: 50 });

describe('a notebook of the workspace', () => {
  test('runs nothing until it is trusted, then follows its inputs, and its file holds what is seen', async () => {
    await writeFile(at('tour.ipynb'), JSON.stringify(tour));
    const workbench = await hosted();
    const { notebooks } = workbench;
    expect(await notebooks.list()).toMatchObject([
      { path: 'tour.ipynb', title: 'Tour', trusted: false, problem: null },
    ]);
    const { id } = await notebooks.open('tour.ipynb');
    const page = watching(workbench, id);
    await expect(notebooks.run(id, { again: true })).rejects.toMatchObject({
      code: 'NOTEBOOK_UNTRUSTED',
    });

    await notebooks.trust(id, await seen(notebooks));
    await notebooks.run(id, { again: true });
    await soon(() => expect(page.result('sum')).toContain('6'));
    const slider = (k: number) => ({
      id: 'k',
      type: 'code' as const,
      source: `k = ${k}  # strata: {"kind": "slider", "min": 1, "max": 1000}`,
      pinned: false,
      folded: { source: false, outputs: false },
    });
    let revision = 0;
    for (const k of [10, 20, 30, 40, 100]) {
      ({ revision } = await notebooks.update(id, { changed: [slider(k)] }));
    }
    await soon(() => expect(page.result('sum')).toContain('5050'));
    await soon(() => expect(page.seen.saved).toBeGreaterThanOrEqual(revision));
    await soon(async () => expect(JSON.stringify(await onDisk('tour.ipynb'))).toContain('5050'));
    expect(source(await onDisk('tour.ipynb'), 1)).toContain('k = 100');
    await soon(async () => expect(await notebooks.list()).toMatchObject([{ trusted: true }]));
  });

  test('asks for trust again when another program changed what runs, also in a copied workspace', async () => {
    await writeFile(at('tour.ipynb'), JSON.stringify(tour));
    const { notebooks } = await hosted();
    const { id } = await notebooks.open('tour.ipynb');
    await notebooks.trust(id, await seen(notebooks));
    await notebooks.close(id);
    expect((await notebooks.open('tour.ipynb')).trusted).toBe(true);

    const changed = JSON.stringify(tour).replace('sum(i)', 'max(i)');
    await writeFile(at('tour.ipynb'), changed);
    await soon(async () => expect((await notebooks.open('tour.ipynb')).trusted).toBe(false));
    // Prose is no danger.
    await writeFile(at('tour.ipynb'), JSON.stringify(tour).replace('# Tour', '# Our tour'));
    await soon(async () => expect((await notebooks.open('tour.ipynb')).trusted).toBe(true));

    vi.stubEnv('STRATA_HOME', await temporaryFolder());
    await writeFile(at('other.ipynb'), JSON.stringify(tour));
    const [elsewhere] = await (await hostedAgain(folder)).list();
    expect(elsewhere?.trusted).toBe(false);
  });

  test('is told in a sentence where it cannot be read, and spoils nothing else', async () => {
    await writeFile(at('broken.ipynb'), '{"cells": [');
    await writeFile(at('tour.ipynb'), JSON.stringify(tour));
    const { notebooks } = await hosted();
    const [broken, fine] = await notebooks.list();
    expect(broken).toMatchObject({ path: 'broken.ipynb', problem: expect.any(String) });
    expect(fine?.problem).toBeNull();
    await expect(notebooks.open('broken.ipynb')).rejects.toMatchObject({
      code: 'NOTEBOOK_INVALID',
    });
    for (const path of [
      '../strata.json',
      '/etc/passwd',
      'a/../../x.ipynb',
      '.hidden.ipynb',
      'x.txt',
    ]) {
      await expect(notebooks.open(path)).rejects.toMatchObject({ code: 'NOTEBOOK_PATH' });
    }
  });
});

test('what the file became between the look and the click is not trusted, and shown instead', async () => {
  await writeFile(at('tour.ipynb'), JSON.stringify(tour));
  const workbench = await hosted();
  const { notebooks } = workbench;
  const { id } = await notebooks.open('tour.ipynb');
  const page = watching(workbench, id);
  const looked = await seen(notebooks);
  await writeFile(at('tour.ipynb'), JSON.stringify(tour).replace('sum(i)', 'max(i)'));
  await soon(() => expect(page.seen.view?.cells[2]?.source).toContain('max(i)'));
  await expect(notebooks.trust(id, looked)).rejects.toMatchObject({ code: 'NOTEBOOK_CHANGED' });
  expect((await notebooks.open('tour.ipynb')).trusted).toBe(false);
  await notebooks.trust(id, await seen(notebooks));
  expect((await notebooks.open('tour.ipynb')).trusted).toBe(true);
});

/** Another host on a copy of the folder, as on another machine. */
async function hostedAgain(from: string) {
  const copy = join(await temporaryFolder(), 'copy');
  await mkdir(join(copy, 'notebooks'), { recursive: true });
  await writeFile(
    join(copy, 'notebooks', 'tour.ipynb'),
    await readFile(join(from, 'notebooks', 'tour.ipynb')),
  );
  await mkdir(join(copy, '.strata'), { recursive: true });
  await writeFile(
    join(copy, '.strata', 'trusted-notebooks'),
    await readFile(join(from, '.strata', 'trusted-notebooks')),
  );
  const workbench = await openLocalWorkbench(await openWorkspace(copy, { create: true }));
  onTestFinished(() => workbench.close());
  return workbench.notebooks;
}

describe('a file that another program changes', () => {
  const markdown = (text: string) => ({
    id: 'title',
    type: 'markdown' as const,
    source: text,
    pinned: false,
    folded: { source: false, outputs: false },
  });

  test('is read again where nothing is unsaved here', async () => {
    await writeFile(at('tour.ipynb'), JSON.stringify(tour));
    const workbench = await hosted();
    const { id } = await workbench.notebooks.open('tour.ipynb');
    const page = watching(workbench, id);
    await soon(() => expect(page.seen.opened).toBe(1));
    await writeFile(at('tour.ipynb'), JSON.stringify(tour).replace('# Tour', '# Theirs'));
    await soon(() => expect(page.seen.view?.cells[0]?.source).toBe('# Theirs'));
    expect(page.seen.conflict).toBe(0);
  });

  test.each([
    ['mine', '# Mine', undefined],
    ['theirs', '# Theirs', undefined],
    ['both', '# Theirs', '# Mine'],
  ] as const)(
    'is a conflict with changes here, and "%s" keeps what it says',
    async (keep, stays, beside) => {
      await writeFile(at('tour.ipynb'), JSON.stringify(tour));
      const workbench = await hosted();
      const { notebooks } = workbench;
      const { id } = await notebooks.open('tour.ipynb');
      const page = watching(workbench, id);
      await writeFile(at('tour.ipynb'), JSON.stringify(tour).replace('# Tour', '# Theirs'));
      await notebooks.update(id, { changed: [markdown('# Mine')] });
      await soon(() => expect(page.seen.conflict).toBe(1));
      expect(source(await onDisk('tour.ipynb'), 0)).toBe('# Theirs');

      await notebooks.resolve(id, keep);
      await soon(async () => expect(source(await onDisk('tour.ipynb'), 0)).toBe(stays));
      await soon(() => expect(page.seen.view?.cells[0]?.source).toBe(stays));
      expect(page.seen.view?.conflict).toBe(false);
      const others = (await notebooks.list()).filter(({ path }) => path !== 'tour.ipynb');
      if (beside === undefined) expect(others).toEqual([]);
      else expect(source(await onDisk(others[0]?.path ?? ''), 0)).toBe(beside);
    },
  );

  test('loses nothing when the host ends in the middle of the conflict', async () => {
    await writeFile(at('tour.ipynb'), JSON.stringify(tour));
    const first = await openLocalWorkbench(await openWorkspace(folder, { create: true }));
    const { id } = await first.notebooks.open('tour.ipynb');
    await writeFile(at('tour.ipynb'), JSON.stringify(tour).replace('# Tour', '# Theirs'));
    await first.notebooks.update(id, { changed: [markdown('# Mine')] });
    await first.close();

    const again = await hosted();
    const view = await again.notebooks.open('tour.ipynb');
    expect(view.cells[0]?.source).toBe('# Mine');
    expect(view.recoveredFrom).not.toBeNull();
    const page = watching(again, view.id);
    await soon(() =>
      expect(page.seen.view?.conflict === true || page.seen.conflict > 0).toBe(true),
    );
    expect(source(await onDisk('tour.ipynb'), 0)).toBe('# Theirs');
  });

  test('that is gone is written again, since it is open here', async () => {
    await writeFile(at('tour.ipynb'), JSON.stringify(tour));
    const workbench = await hosted();
    const { id } = await workbench.notebooks.open('tour.ipynb');
    const page = watching(workbench, id);
    await rm(at('tour.ipynb'));
    await workbench.notebooks.update(id, { changed: [markdown('# Mine')] });
    await soon(() => expect(page.seen.conflict).toBe(1));
    await workbench.notebooks.resolve(id, 'mine');
    await soon(async () => expect(source(await onDisk('tour.ipynb'), 0)).toBe('# Mine'));
  });
});

describe('a file with unsaved changes that is gone', () => {
  const mine = {
    id: 'title',
    type: 'markdown' as const,
    source: '# Mine',
    pinned: false,
    folded: { source: false, outputs: false },
  };

  /** A host that ended with changes that another program's text kept out of the file. */
  async function ended(): Promise<void> {
    await writeFile(at('tour.ipynb'), JSON.stringify(tour));
    const first = await openLocalWorkbench(await openWorkspace(folder, { create: true }));
    const { id } = await first.notebooks.open('tour.ipynb');
    await writeFile(at('tour.ipynb'), JSON.stringify(tour).replace('# Tour', '# Theirs'));
    await first.notebooks.update(id, { changed: [mine] });
    await first.close();
  }

  test('is listed as recovered, opened, and saved again', async () => {
    await ended();
    await rm(at('tour.ipynb'));
    const { notebooks } = await hosted();
    const [lost, ...others] = await notebooks.list();
    expect(others).toEqual([]);
    expect(lost).toEqual({
      path: 'tour.ipynb',
      title: 'Mine',
      trusted: false,
      problem: null,
      modifiedAt: lost?.recoveredFrom,
      recoveredFrom: expect.stringMatching(/^\d{4}-/),
    });
    const { id, conflict } = await notebooks.open('tour.ipynb');
    expect(conflict).toBe(false);
    await notebooks.save(id);
    expect(source(await onDisk('tour.ipynb'), 0)).toBe('# Mine');
    await notebooks.close(id);
    expect(await notebooks.list()).toMatchObject([{ title: 'Mine', recoveredFrom: null }]);
  });

  test('or damaged, is listed by what was kept and not by what is wrong with it', async () => {
    await ended();
    await writeFile(at('tour.ipynb'), '{"cells": [');
    const { notebooks } = await hosted();
    expect(await notebooks.list()).toMatchObject([
      { title: 'Mine', problem: null, recoveredFrom: expect.any(String) },
    ]);
  });
});

describe('a file of several names', () => {
  const typed = (text: string) => ({
    id: 'title',
    type: 'markdown' as const,
    source: text,
    pinned: false,
    folded: { source: false, outputs: false },
  });

  test.each([
    ['a link', () => symlink('tour.ipynb', at('alias.ipynb')), 'alias.ipynb'],
    ['a folder that is a link', () => symlink('.', at('again')), 'again/tour.ipynb'],
    ['a hard link', () => link(at('tour.ipynb'), at('twin.ipynb')), 'twin.ipynb'],
  ])(
    'is open once, also by %s, and what is saved is there by every name',
    async (_, make, alias) => {
      await writeFile(at('tour.ipynb'), JSON.stringify(tour));
      await make();
      const { notebooks } = await hosted();
      const [one, other] = await Promise.all(
        ['tour.ipynb', alias].map((path) => notebooks.open(path)),
      );
      expect(other?.id).toBe(one?.id);
      await notebooks.update(one?.id ?? '', { changed: [typed('# Mine')] });
      await notebooks.save(one?.id ?? '');
      expect(source(await onDisk('tour.ipynb'), 0)).toBe('# Mine');
      expect(source(await onDisk(alias), 0)).toBe('# Mine');
      expect((await notebooks.open(alias)).id).toBe(one?.id);
    },
  );

  test('that another program changes is no less a conflict', async () => {
    await writeFile(at('tour.ipynb'), JSON.stringify(tour));
    await link(at('tour.ipynb'), at('twin.ipynb'));
    const { notebooks } = await hosted();
    const { id } = await notebooks.open('tour.ipynb');
    await writeFile(at('twin.ipynb'), JSON.stringify(tour).replace('# Tour', '# Theirs'));
    await notebooks.update(id, { changed: [typed('# Mine')] });
    await expect(notebooks.save(id)).rejects.toMatchObject({ code: 'NOTEBOOK_CONFLICT' });
    expect(source(await onDisk('tour.ipynb'), 0)).toBe('# Theirs');
  });
});

describe('a file from elsewhere', () => {
  test('is taken in byte for byte under a name of its own, untrusted, and a damaged one is refused', async () => {
    const { notebooks } = await hosted();
    const odd = `${JSON.stringify(tour, null, 3)}\r\n`;
    const taken = await notebooks.adopt({ name: 'My Tour.ipynb', file: new Blob([odd]) });
    const twice = await notebooks.adopt({ name: 'My Tour.ipynb', file: new Blob([odd]) });
    expect([taken.path, twice.path]).toEqual(['my-tour.ipynb', 'my-tour-2.ipynb']);
    expect(taken.trusted).toBe(false);
    expect(await readFile(at('my-tour.ipynb'), 'utf8')).toBe(odd);
    await expect(notebooks.adopt({ name: 'x', file: new Blob(['<html>']) })).rejects.toMatchObject({
      code: 'NOTEBOOK_INVALID',
    });
    const made = await notebooks.create('Review: Q3 / 2025?');
    expect(made).toMatchObject({ path: 'review-q3-2025.ipynb', trusted: true });
  });

  test('by its path is opened where it lies if that is in the workspace, else copied', async () => {
    const outside = join(await temporaryFolder(), 'theirs.ipynb');
    await writeFile(outside, JSON.stringify(tour));
    await writeFile(at('tour.ipynb'), JSON.stringify(tour));
    const { notebooks } = await hosted();
    expect((await notebooks.adopt({ path: at('tour.ipynb') })).path).toBe('tour.ipynb');
    expect((await notebooks.adopt({ path: outside })).path).toBe('theirs.ipynb');
    await expect(notebooks.adopt({ path: `${outside}x` })).rejects.toMatchObject({
      code: 'FILE_NOT_FOUND',
    });
  });
});

describe('a folder that others work in', () => {
  test('gives two notebooks of one title two names, also at once', async () => {
    const { notebooks } = await hosted();
    const files = ['# One', '# Two', '# Three'].map((title) => ({
      name: 'same.ipynb',
      file: new Blob([JSON.stringify(tour).replace('# Tour', title)]),
    }));
    const made = await Promise.all(files.map((file) => notebooks.adopt(file)));
    expect(made.map(({ path, title }) => [path, title])).toEqual([
      ['same.ipynb', 'One'],
      ['same-2.ipynb', 'Two'],
      ['same-3.ipynb', 'Three'],
    ]);
  });

  test("has no way out of it by a link in a file's place", async () => {
    const outside = join(await temporaryFolder(), 'theirs.ipynb');
    await writeFile(outside, JSON.stringify(tour));
    await symlink(outside, at('link.ipynb'));
    const { notebooks } = await hosted();
    await expect(notebooks.open('link.ipynb')).rejects.toMatchObject({ code: 'NOTEBOOK_PATH' });
  });

  test('shows a change of the same length and time, and overwrites none', async () => {
    const store = new NotebookFiles(folder);
    const then = new Date('2026-01-01T00:00:00Z');
    const put = async (text: string): Promise<void> => {
      await writeFile(at('a.ipynb'), text);
      await utimes(at('a.ipynb'), then, then);
    };
    await put('one');
    const before = await store.version('a.ipynb');
    await put('two');
    expect(await store.version('a.ipynb')).not.toBe(before);
    expect(await store.write('a.ipynb', 'mine', before)).toBeNull();
    expect(await readFile(at('a.ipynb'), 'utf8')).toBe('two');
  });
});

describe('pages that come and go', () => {
  const markdown = {
    id: 'title',
    type: 'markdown' as const,
    source: '# Mine',
    pinned: false,
    folded: { source: false, outputs: false },
  };

  test('leave a notebook to the page that stays, and it ends with the last', async () => {
    await writeFile(at('tour.ipynb'), JSON.stringify(tour));
    const workbench = await hosted();
    const { notebooks } = workbench;
    const { id } = await notebooks.open('tour.ipynb');
    const page = watching(workbench, id);
    await soon(() => expect(page.seen.opened).toBe(1));
    // The stream of the page that closes has ended already.
    await notebooks.close(id);
    await notebooks.update(id, { changed: [markdown] });
    await soon(() => expect(page.seen.saved).toBeGreaterThan(0));
    page.leave();
    await soon(() =>
      expect(notebooks.cancel(id)).rejects.toMatchObject({ code: 'NOTEBOOK_NOT_OPEN' }),
    );
  });

  test('read what was typed last, also while that is being written', async () => {
    await writeFile(at('tour.ipynb'), JSON.stringify(tour));
    const { notebooks } = await hosted();
    const { id } = await notebooks.open('tour.ipynb');
    await notebooks.update(id, { changed: [markdown] });
    const closing = notebooks.close(id);
    const again = await notebooks.open('tour.ipynb');
    expect(again.cells[0]?.source).toBe('# Mine');
    await closing;
  });

  test('are told where they run a cell that nobody has', async () => {
    await writeFile(at('tour.ipynb'), JSON.stringify(tour));
    const { notebooks } = await hosted();
    const { id } = await notebooks.open('tour.ipynb');
    await notebooks.trust(id, await seen(notebooks));
    await expect(notebooks.run(id, { cells: ['nobody'], again: true })).rejects.toMatchObject({
      code: 'CELL_UNKNOWN',
    });
  });
});

test('a cell is edited and its names are known while another runs a query that takes long', async () => {
  const long = cell(
    'long',
    '%%sql\nselect count(*) from range(1000000) a, range(1000000) b where a.range + b.range = 3',
  );
  await writeFile(at('tour.ipynb'), JSON.stringify({ ...tour, cells: [...tour.cells, long] }));
  const workbench = await hosted();
  const { notebooks } = workbench;
  const { id, cells } = await notebooks.open('tour.ipynb');
  const page = watching(workbench, id);
  await notebooks.trust(id, await seen(notebooks));
  const stateOf = (cellId: string) => page.seen.view?.states.find((state) => state.id === cellId);
  await soon(() => expect(stateOf('long')?.status).toBe('running'));
  const sum = cells.find((one) => one.id === 'sum');
  if (sum === undefined) throw new Error('no cell');
  await notebooks.update(id, {
    changed: [{ ...sum, source: '%%sql --save total\nselect sum(f.i) as s from numbers f' }],
  });
  await notebooks.update(id, {
    changed: [{ ...sum, source: '%%sql --save total\nselect 1 as s from elsewhere' }],
  });
  await soon(() => expect(stateOf('sum')?.reads).toEqual(['elsewhere']));
  expect(stateOf('long')?.status).toBe('running');
  await notebooks.cancel(id);
  await soon(() => expect(stateOf('long')?.status).toBe('cancelled'));
});
