import { createHmac } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { AppError } from '../../pipeline/contract/errors.ts';
import type { NotebookEvent } from '../../pipeline/contract/notebook.ts';
import { LocalTrust } from '../../pipeline/host/node/notebooks/local-trust.ts';
import type { NotebookStore, NotebookTrust } from '../../pipeline/host/notebooks/notebook-store.ts';
import { OpenNotebook } from '../../pipeline/host/notebooks/open-notebook.ts';
import { readNotebookText } from '../../pipeline/notebooks/document/read-notebook.ts';
import { runnableDigest } from '../../pipeline/notebooks/document/runnable-digest.ts';
import { temporaryFolder } from '../helpers/temporary-workspace.ts';
import { EchoPanels, EchoScripts, SumEngine } from '../notebooks/session/sum-engine.ts';

const fileOf = (title: string, sql = 'select 1'): string =>
  JSON.stringify({
    cells: [
      { id: 'title', cell_type: 'markdown', metadata: {}, source: title },
      {
        id: 'q',
        cell_type: 'code',
        execution_count: null,
        metadata: {},
        outputs: [],
        source: `%%sql\n${sql}`,
      },
    ],
    metadata: {},
    nbformat: 4,
    nbformat_minor: 5,
  });

const markdown = (source: string, id = 'title') => ({
  id,
  type: 'markdown' as const,
  source,
  pinned: false,
  folded: { source: false, outputs: false },
});

/** A folder of files whose versions are their texts. */
class Files implements NotebookStore {
  readonly texts = new Map<string, string>();
  readonly kept = new Map<string, { text: string; base: string | null; keptAt: string }>();
  full = false;
  /** Told as soon as a file was read, before whoever reads it goes on. */
  onRead: () => void | Promise<void> = () => undefined;

  constructor(text: string) {
    this.texts.set('a.ipynb', text);
  }

  async list() {
    return [...this.texts.keys()].map((path) => ({ path, modifiedAt: '' }));
  }

  async identify(path: string) {
    return { path, linked: null };
  }

  async read(path: string) {
    const text = this.texts.get(path);
    if (text === undefined) throw new AppError('FILE_NOT_FOUND', { path });
    await this.onRead();
    return { bytes: new TextEncoder().encode(text), version: text };
  }

  async version(path: string) {
    return this.texts.get(path) ?? null;
  }

  async write(path: string, text: string, expected: string | null) {
    if ((this.texts.get(path) ?? null) !== expected) return null;
    if (this.full) throw new AppError('DISK_FULL', { path });
    this.texts.set(path, text);
    return text;
  }

  async freePath(title: string) {
    return `${title}.ipynb`;
  }

  readonly recovery: NotebookStore['recovery'] = {
    keep: async (path, copy) => void this.kept.set(path, { ...copy, keptAt: '' }),
    read: async (path) => this.kept.get(path) ?? null,
    list: async () => [...this.kept].map(([path, { keptAt }]) => ({ path, keptAt })),
    drop: async (path) => void this.kept.delete(path),
  };
}

class Trust implements NotebookTrust {
  readonly digests = new Set<string>();
  problem: AppError | null = null;

  async isTrusted(digest: string) {
    return this.digests.has(digest);
  }

  async trust(digest: string, instead?: string | null) {
    if (this.problem !== null) throw this.problem;
    if (instead != null) this.digests.delete(instead);
    this.digests.add(digest);
  }
}

async function opened(store = new Files(fileOf('# Tour'))) {
  const trust = new Trust();
  const engines: SumEngine[] = [];
  const closed = new Set<SumEngine>();
  const notebook = await OpenNotebook.open({
    id: 'n',
    path: 'a.ipynb',
    store,
    trust,
    engines: () => {
      const tables = new SumEngine();
      engines.push(tables);
      tables.close = async () => void closed.add(tables);
      return {
        tables,
        panels: new EchoPanels(),
        scripts: new EchoScripts(),
        renew: async () => undefined,
      };
    },
    now: () => new Date(0),
  });
  onTestFinished(() => notebook.close());
  return { notebook, store, trust, engines, closed };
}

const title = (text = ''): unknown =>
  (JSON.parse(text) as { cells: { source: unknown }[] }).cells[0]?.source;
const soon = (check: () => void) => vi.waitFor(check, { timeout: 5000, interval: 20 });

const seen = ({ session }: OpenNotebook) => runnableDigest(session.document);

describe('what is trusted', () => {
  test('is what was seen: code that another page changes meanwhile is refused, and every page told of it', async () => {
    const { notebook, trust } = await opened();
    const looked = await seen(notebook);
    const isTrusted = trust.trust.bind(trust);
    // The other page's change comes while the trust is being written down.
    trust.trust = async (digest) => {
      notebook.update({ changed: [{ ...markdown('%%sql\nselect 2', 'q'), type: 'code' }] });
      await isTrusted(digest);
    };
    const leave = new AbortController();
    const told: NotebookEvent[] = [];
    const following = (async () => {
      for await (const event of notebook.watch(leave.signal)) told.push(event);
    })();
    await expect(notebook.trust(looked)).rejects.toMatchObject({ code: 'NOTEBOOK_CHANGED' });
    expect(notebook.view().trusted).toBe(false);
    await expect(notebook.trust(looked)).rejects.toMatchObject({ code: 'NOTEBOOK_CHANGED' });
    await soon(() =>
      expect(told.at(-1)).toMatchObject({
        kind: 'opened',
        notebook: { cells: [{}, { source: '%%sql\nselect 2' }] },
      }),
    );
    trust.trust = isTrusted;
    await notebook.trust(await seen(notebook));
    expect(notebook.view().trusted).toBe(true);
    leave.abort();
    await following;
  });
});

describe('saving now', () => {
  const mine = { changed: [markdown('# Mine')] };

  test('answers when the file holds what is here, and makes a file anew that somebody removed', async () => {
    const { notebook, store } = await opened();
    expect(await notebook.save()).toEqual({ at: null, revision: 0 });
    const { revision } = notebook.update(mine);
    const saved = notebook.save();
    expect(await saved).toEqual({ at: '1970-01-01T00:00:00.000Z', revision });
    expect(title(store.texts.get('a.ipynb'))).toBe('# Mine');
    store.texts.clear();
    await notebook.save();
    expect(title(store.texts.get('a.ipynb'))).toBe('# Mine');
  });

  test('says what keeps it from being written', async () => {
    const { notebook, store } = await opened();
    store.full = true;
    notebook.update(mine);
    await expect(notebook.save()).rejects.toMatchObject({ code: 'DISK_FULL' });
    store.full = false;
    await notebook.save();
    expect(title(store.texts.get('a.ipynb'))).toBe('# Mine');
    store.texts.set('a.ipynb', fileOf('# Theirs'));
    notebook.update({ changed: [markdown('# Mine again')] });
    await expect(notebook.save()).rejects.toMatchObject({ code: 'NOTEBOOK_CONFLICT' });
    expect(title(store.texts.get('a.ipynb'))).toBe('# Theirs');
  });

  test('makes no file anew in the place of one that another program makes in that moment', async () => {
    const { notebook, store } = await opened();
    store.texts.clear();
    const version = store.version.bind(store);
    store.version = async (path) => {
      const seenNow = await version(path);
      store.texts.set(path, fileOf('# Theirs'));
      return seenNow;
    };
    await expect(notebook.save()).rejects.toMatchObject({ code: 'NOTEBOOK_CONFLICT' });
    expect(title(store.texts.get('a.ipynb'))).toBe('# Theirs');
    expect(title(store.kept.get('a.ipynb')?.text)).toBe('# Tour');
    await notebook.resolve('theirs');
    expect(notebook.view()).toMatchObject({ conflict: false, cells: [{ source: '# Theirs' }, {}] });
  });
});

describe('a file that changes while the page types', () => {
  test('is a conflict for a change that was made before it was read again and came after', async () => {
    const files = new Files(fileOf('# Tour'));
    const { notebook } = await opened(files);
    const { reading } = notebook.view();
    files.texts.set('a.ipynb', fileOf('# Theirs'));
    await notebook.checkFile();
    notebook.update({
      changed: [markdown('# Mine')],
      ...(reading === undefined ? {} : { reading }),
    });
    expect(notebook.view().conflict).toBe(true);
    await soon(() => expect(files.kept.get('a.ipynb')?.text).toContain('# Mine'));
    expect(files.texts.get('a.ipynb')).toBe(fileOf('# Theirs'));
    await notebook.resolve('both');
    expect([...files.texts.values()].join()).toContain('# Mine');
    expect(notebook.view()).toMatchObject({ conflict: false, cells: [{ source: '# Theirs' }, {}] });
  });

  test('is a conflict, also where the change comes in the middle of reading it again', async () => {
    const { notebook, store } = await opened();
    store.texts.set('a.ipynb', fileOf('# Theirs'));
    let typed = false;
    store.onRead = () => {
      if (typed) return;
      typed = true;
      notebook.update({ changed: [markdown('# Mine')] });
    };
    await notebook.checkFile();
    await soon(() => expect(notebook.view().conflict).toBe(true));
    expect(notebook.view().cells[0]?.source).toBe('# Mine');
    expect(title(store.texts.get('a.ipynb'))).toBe('# Theirs');
    expect(title(store.kept.get('a.ipynb')?.text)).toBe('# Mine');
  });

  test('is read once by two who look, and no engine stays behind', async () => {
    const { notebook, store, engines, closed } = await opened();
    store.texts.set('a.ipynb', fileOf('# Theirs'));
    const slow = () => new Promise<void>((resolve) => void setTimeout(resolve, 5));
    store.onRead = slow;
    store.recovery.drop = slow;
    await Promise.all([notebook.checkFile(), notebook.checkFile(), notebook.resolve('theirs')]);
    await notebook.close();
    expect(engines.filter((engine) => !closed.has(engine))).toEqual([]);
    expect(notebook.view().cells[0]?.source).toBe('# Theirs');
  });

  test.each(['theirs', 'both', 'mine'] as const)(
    'and is gone when "%s" is chosen, is written with what is here, once',
    async (keep) => {
      const { notebook, store } = await opened();
      store.texts.clear();
      notebook.update({ changed: [markdown('# Mine')] });
      await soon(() => expect(notebook.view()).toMatchObject({ conflict: true, gone: true }));
      await notebook.resolve(keep);
      await notebook.resolve(keep);
      expect([...store.texts].map(([path, text]) => [path, title(text)])).toEqual([
        ['a.ipynb', '# Mine'],
      ]);
      expect(notebook.view()).toMatchObject({
        conflict: false,
        gone: false,
        cells: [{ source: '# Mine' }, {}],
      });
    },
  );

  test('and is gone, but made by another program as it is written again, is asked about again', async () => {
    const { notebook, store } = await opened();
    store.texts.clear();
    notebook.update({ changed: [markdown('# Mine')] });
    await soon(() => expect(notebook.view().gone).toBe(true));
    const write = store.write.bind(store);
    store.write = async (path, text, expected) => {
      store.texts.set(path, fileOf('# Theirs'));
      return write(path, text, expected);
    };
    await expect(notebook.resolve('mine')).rejects.toMatchObject({ code: 'NOTEBOOK_CONFLICT' });
    expect(notebook.view()).toMatchObject({ conflict: true, gone: false });
    expect(title(store.texts.get('a.ipynb'))).toBe('# Theirs');
  });

  test('is told to be gone, or there again, while it is asked whose to keep', async () => {
    const { notebook, store } = await opened();
    store.texts.set('a.ipynb', fileOf('# Theirs'));
    notebook.update({ changed: [markdown('# Mine')] });
    const leave = new AbortController();
    const told: unknown[] = [];
    const following = (async () => {
      for await (const event of notebook.watch(leave.signal)) {
        if (event.kind === 'conflict') told.push(event.gone);
      }
    })();
    await soon(() => expect(told).toEqual([false]));
    store.texts.clear();
    await notebook.checkFile();
    await notebook.checkFile();
    await soon(() => expect(told).toEqual([false, true]));
    store.texts.set('a.ipynb', fileOf('# Theirs'));
    await notebook.checkFile();
    await soon(() => expect(told).toEqual([false, true, false]));
    leave.abort();
    await following;
  });

  test('does not become trusted by being kept beside one', async () => {
    const { notebook, store, trust } = await opened();
    store.texts.set('a.ipynb', fileOf('# Theirs'));
    notebook.update({ changed: [markdown('# Mine')] });
    await soon(() => expect(notebook.view().conflict).toBe(true));
    await notebook.resolve('both');
    expect(trust.digests).toEqual(new Set());
    expect(notebook.view().trusted).toBe(false);
    expect(title(store.texts.get('a (mine).ipynb'))).toBe('# Mine');
  });
});

describe('what cannot be written', () => {
  test('is there again when the notebook is opened, though the file is now damaged', async () => {
    const store = new Files('{"cells": [');
    store.kept.set('a.ipynb', { text: fileOf('# Mine'), base: fileOf('# Tour'), keptAt: 'then' });
    const { notebook } = await opened(store);
    expect(notebook.view()).toMatchObject({ recoveredFrom: 'then', trusted: false });
    await soon(() => expect(notebook.view().conflict).toBe(true));
    await notebook.resolve('mine');
    expect(title(store.texts.get('a.ipynb'))).toBe('# Mine');
  });

  test('is written again when the notebook is opened and its file is gone', async () => {
    const store = new Files('');
    store.texts.clear();
    store.kept.set('a.ipynb', { text: fileOf('# Mine'), base: fileOf('# Tour'), keptAt: 'then' });
    const { notebook } = await opened(store);
    expect(notebook.view()).toMatchObject({ recoveredFrom: 'then', trusted: false });
    await soon(() => expect(title(store.texts.get('a.ipynb'))).toBe('# Mine'));
    expect([notebook.view().conflict, store.kept.size]).toEqual([false, 0]);
  });

  test('is written as soon as there is room again, though nobody types any more', async () => {
    const { notebook, store } = await opened();
    store.full = true;
    notebook.update({ changed: [markdown('# Mine')] });
    await soon(() => expect(store.kept.size).toBe(1));
    expect(title(store.texts.get('a.ipynb'))).toBe('# Tour');
    store.full = false;
    await notebook.checkFile();
    expect(title(store.texts.get('a.ipynb'))).toBe('# Mine');
    expect(store.kept.size).toBe(0);
  });

  test('as trust cannot on a full disk, ends no host: the notebook is saved all the same', async () => {
    const { notebook, store, trust } = await opened();
    await notebook.trust(await seen(notebook));
    trust.problem = new AppError('DISK_FULL', { path: 'trusted-notebooks' });
    const unhandled = vi.fn<(error: unknown) => void>();
    process.on('unhandledRejection', unhandled);
    onTestFinished(() => void process.off('unhandledRejection', unhandled));
    notebook.update({ changed: [{ ...markdown('%%sql\nselect 2', 'q'), type: 'code' }] });
    await soon(() => expect(store.texts.get('a.ipynb')).toContain('select 2'));
    await new Promise((resolve) => void setTimeout(resolve, 20));
    expect(unhandled).not.toHaveBeenCalled();
  });
});

test('typing leaves trust in what it ends with, not in every letter on the way', async () => {
  const { notebook, store, trust } = await opened();
  await notebook.trust(await seen(notebook));
  for (const n of [2, 3, 4]) {
    notebook.update({ changed: [{ ...markdown(`%%sql\nselect ${n}`, 'q'), type: 'code' }] });
    await soon(() => expect(store.texts.get('a.ipynb')).toContain(`select ${n}`));
  }
  await soon(() => expect(trust.digests.size).toBe(2));
});

test('what one page changes, the other page on the notebook is told', async () => {
  const { notebook } = await opened();
  const leave = new AbortController();
  const told: NotebookEvent[] = [];
  const follow = async (events: AsyncGenerator<NotebookEvent>) => {
    for await (const event of events) told.push(event);
  };
  const pages = [notebook.watch(leave.signal), notebook.watch(leave.signal)].map(follow);
  await soon(() => expect(told.length).toBe(2));
  notebook.update({ changed: [markdown('new', 'b')], order: ['title', 'b', 'q'] });
  await soon(() =>
    expect(
      told.filter((event) => event.kind === 'opened' && event.notebook.cells.length === 3),
    ).toHaveLength(2),
  );
  leave.abort();
  await Promise.all(pages);
});

test('a page that is alone is not told what it sent itself', async () => {
  const { notebook } = await opened();
  const leave = new AbortController();
  const told: NotebookEvent['kind'][] = [];
  const following = (async () => {
    for await (const { kind } of notebook.watch(leave.signal, 'here')) {
      if (kind !== 'states') told.push(kind);
    }
  })();
  await soon(() => expect(told).toEqual(['opened']));
  notebook.update({ changed: [markdown('# Mine')], page: 'here' });
  await soon(() => expect(told).toEqual(['opened', 'saved']));
  notebook.update({ changed: [markdown('# Of a program')] });
  await soon(() => expect(told.slice(0, 3)).toEqual(['opened', 'saved', 'opened']));
  leave.abort();
  await following;
});

test('a cell that is deleted while it runs keeps back nothing that is told of the others', async () => {
  const { notebook, engines } = await opened();
  const [tables] = engines;
  if (tables !== undefined) tables.create = () => new Promise(() => {});
  await notebook.trust(await seen(notebook));
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  onTestFinished(() => void vi.useRealTimers());
  const leave = new AbortController();
  const told: string[] = [];
  const following = (async () => {
    for await (const event of notebook.watch(leave.signal, 'here')) {
      if (event.kind === 'states')
        told.push(...event.states.map((one) => `${one.id} ${one.status}`));
    }
  })();
  void notebook.session.run(['q']);
  await soon(() => expect(told.at(-1)).toBe('q running'));
  notebook.update({
    page: 'here',
    changed: [{ ...markdown('k = 1', 'k'), type: 'code' }],
    order: ['title', 'k'],
  });
  await vi.advanceTimersByTimeAsync(0);
  expect(told.at(-1)).toMatch(/^k /);
  leave.abort();
  await following;
});

test('a cell that its tag keeps from running is another without it', async () => {
  const document = readNotebookText(fileOf('# Tour'));
  const setup = document.cells.map((cell) => ({ ...cell, metadata: { tags: ['strata-setup'] } }));
  expect(await runnableDigest({ ...document, cells: setup })).not.toBe(
    await runnableDigest(document),
  );
});

test('a key that was never written whole signs nothing', async () => {
  const [workspace, home] = [await temporaryFolder(), await temporaryFolder()];
  const key = join(home, 'notebook-key');
  await writeFile(key, '');
  await mkdir(join(workspace, '.strata'));
  const forged = createHmac('sha256', '').update('digest').digest('hex');
  await writeFile(join(workspace, '.strata', 'trusted-notebooks'), `${forged}\n`);
  const trust = new LocalTrust(workspace, home);
  expect(await trust.isTrusted('digest')).toBe(false);
  await trust.trust('digest');
  expect(await new LocalTrust(workspace, home).isTrusted('digest')).toBe(true);
  await trust.trust('next', 'digest');
  expect([await trust.isTrusted('digest'), await trust.isTrusted('next')]).toEqual([false, true]);
});
