import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronApplication, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { builtDesktop, closeScreen, electronPath, profile, startDesktop } from './desktop-app.ts';

interface Watched {
  readonly asked: readonly (readonly string[])[];
  readonly downloads: readonly string[];
  readonly menu: readonly { readonly label?: string; readonly click?: () => void }[] | null;
}

/** Keeps what the shell is asked, what Chromium would fetch, and the menu that a right click opens. */
async function watch(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ ipcMain, Menu, session }) => {
    const watched = { asked: [] as unknown[], downloads: [] as string[], menu: null as unknown };
    Object.assign(globalThis, { watched });
    const { _invokeHandlers: handlers } = ipcMain as unknown as {
      _invokeHandlers: Map<string, (event: unknown, ...args: unknown[]) => unknown>;
    };
    const answer = handlers.get('strata:misspelt');
    if (answer === undefined) throw new Error('nobody answers for spelling');
    handlers.set('strata:misspelt', (event, ...args) => {
      watched.asked.push(args[0]);
      return answer(event, ...args);
    });
    session.defaultSession.on('spellcheck-dictionary-download-begin', (_event, language) =>
      watched.downloads.push(language),
    );
    const build = Menu.buildFromTemplate.bind(Menu);
    Menu.buildFromTemplate = (template) => {
      watched.menu = template;
      return Object.assign(build(template), { popup: () => undefined });
    };
  });
}

const watchedIn = (
  app: ElectronApplication,
): Promise<{ asked: string[][]; downloads: string[]; labels: string[] | null }> =>
  app.evaluate(() => {
    const { watched } = globalThis as unknown as { watched: Watched };
    const labels =
      watched.menu?.flatMap(({ label }) => (label === undefined ? [] : [label])) ?? null;
    return { asked: watched.asked as string[][], downloads: [...watched.downloads], labels };
  });

/** Where a word stands in the editor. */
const placeOf = (editor: Locator, word: string): Promise<{ x: number; y: number }> =>
  editor.evaluate((element, text) => {
    const walk = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node !== null; node = walk.nextNode()) {
      const at = node.textContent?.indexOf(text) ?? -1;
      if (at === -1) continue;
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + text.length);
      const { x, y, width, height } = range.getBoundingClientRect();
      return { x: x + width / 2, y: y + height / 2 };
    }
    throw new Error(`there is no ${text}`);
  }, word);

/** The menu that a right click on a word brings, once it is as expected: marks are set when the page is idle. */
async function menuOn(
  { app, page }: { app: ElectronApplication; page: Page },
  word: string,
  expected: (labels: readonly string[]) => boolean,
): Promise<readonly string[]> {
  const editor = page.locator('.cm-content');
  const end = performance.now() + 30_000;
  for (;;) {
    await app.evaluate(() =>
      Object.assign((globalThis as unknown as { watched: object }).watched, { menu: null }),
    );
    const { x, y } = await placeOf(editor, word);
    await page.mouse.click(x, y, { button: 'right' });
    await new Promise((resolve) => setTimeout(resolve, 700));
    const { labels } = await watchedIn(app);
    if (labels !== null && expected(labels)) return labels;
    if (performance.now() > end) throw new Error(`the menu was ${JSON.stringify(labels)}`);
  }
}

const choose = (app: ElectronApplication, label: string): Promise<void> =>
  app.evaluate((_electron, wanted) => {
    const { watched } = globalThis as unknown as { watched: Watched };
    watched.menu?.find((item) => item.label === wanted)?.click?.();
  }, label);

// macOS checks by itself.
describe.skipIf(electronPath === null || process.platform === 'darwin')(
  'spelling in a Markdown cell, in a real Electron',
  () => {
    beforeAll(async () => {
      await builtDesktop('desktop-spelling-tests');
    });
    afterAll(closeScreen);

    test('is marked, corrected and learnt offline, and code is left alone', async () => {
      const where = await profile();
      const notebook = join(where.userData, '..', 'notes.ipynb');
      const cells = [{ cell_type: 'markdown', metadata: {}, source: '# Notes' }];
      const whole = { cells, metadata: {}, nbformat: 4, nbformat_minor: 4 };
      writeFileSync(notebook, JSON.stringify(whole));
      const netLog = join(where.userData, '..', 'net.json');
      const started = await startDesktop(where, [
        where.workspace,
        notebook,
        `--log-net-log=${netLog}`,
      ]);
      const { app, page, said } = started;
      await watch(app);
      await page.getByRole('heading', { name: 'Notes', exact: true }).dblclick();
      const editor = page.locator('.cm-content');
      await editor.waitFor();
      await page.keyboard.type(
        ' on segmnt sizes: Kafka, DuckDB, RFM, K-Means and Zalendo; `selct` of top_custmrs ',
      );

      expect(await menuOn(started, 'segmnt', (labels) => labels.includes('segment'))).toEqual([
        'segment',
        'Add to Dictionary',
      ]);
      await choose(app, 'segment');
      await page.waitForFunction(() =>
        document.querySelector('.cm-content')?.textContent?.includes('on segment sizes'),
      );

      await menuOn(started, 'Zalendo', (labels) => labels.includes('Add to Dictionary'));
      await choose(app, 'Add to Dictionary');
      expect(readFileSync(join(where.userData, 'dictionary.txt'), 'utf8')).toBe('Zalendo\n');
      for (const word of ['Zalendo', 'DuckDB', 'selct', 'custmrs', 'sizes']) {
        await menuOn(started, word, (labels) => labels.length === 0);
      }
      expect(await editor.innerText()).toContain(
        'on segment sizes: Kafka, DuckDB, RFM, K-Means and Zalendo; `selct` of top_custmrs',
      );

      const { asked, downloads } = await watchedIn(app);
      const words = new Set(asked.flat());
      expect([words.has('segmnt'), words.has('selct'), words.has('custmrs')]).toEqual([
        true,
        false,
        false,
      ]);
      await page.keyboard.press('Escape');
      await app.close();
      expect(downloads).toEqual([]);
      expect(said()).not.toContain('spell');
      const net = readFileSync(netLog, 'utf8');
      // Without its own rules Chromium would ask redirector.gvt1.com for en-US.
      expect(net).toContain('"constants"');
      expect(net.match(/https?:\/\/[^"\\]*/g) ?? []).toEqual([]);
    });
  },
);
