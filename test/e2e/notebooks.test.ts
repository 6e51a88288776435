import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeFindings } from './axe.ts';
import { chromiumPath, launchChromium, openPage } from './browser-page.ts';
import { startWorkbench, type StartedWorkbench } from './workbench-server.ts';

interface Saved {
  cells: { cell_type: string; source: string | string[]; outputs?: unknown[] }[];
}

/** A busy machine starts processes slowly. */
const soon = { timeout: 30_000 };

const hostile = `<img src="https://elsewhere.invalid/a.png" onerror="window.pwned = 1"><script>window.pwned = 2</script>
<svg onload="window.pwned = 3"></svg><a href="javascript:window.pwned=4">link</a><iframe srcdoc="<script>parent.pwned=5</script>"></iframe>
<style>@import url(https://elsewhere.invalid/a.css);</style><form action="https://elsewhere.invalid"><button>go</button></form>`;

const code = (source: string, more: object = {}) => ({
  cell_type: 'code',
  execution_count: null,
  metadata: {},
  outputs: [],
  source,
  ...more,
});

const strangers = {
  cells: [
    { cell_type: 'markdown', metadata: {}, source: `# Stranger ${hostile}` },
    code(
      'k = 2  # strata: {"kind": "slider", "min": 1, "max": 9, "label": "<img src=x onerror=window.pwned=6>"}',
    ),
    code('%%sql --save twice\nselect {{k}} * 2 as n', {
      outputs: [
        { output_type: 'display_data', metadata: {}, data: { 'text/html': hostile } },
        {
          output_type: 'display_data',
          metadata: {},
          data: { 'image/svg+xml': `<svg xmlns="http://www.w3.org/2000/svg">${hostile}</svg>` },
        },
        {
          output_type: 'display_data',
          metadata: {},
          data: {
            'application/vnd.plotly.v1+json': {
              data: [{ type: 'bar', x: [hostile], y: [1] }],
              layout: {
                title: { text: hostile },
                images: [
                  { source: 'https://elsewhere.invalid/b.png', x: 0, y: 1, sizex: 1, sizey: 1 },
                ],
              },
            },
          },
        },
        {
          output_type: 'display_data',
          metadata: {},
          data: { 'application/javascript': 'window.pwned = 7', 'text/markdown': hostile },
        },
      ],
    }),
    code('import os\nos.system("touch /tmp/pwned")'),
  ],
  metadata: { title: hostile, __proto__: { polluted: true } },
  nbformat: 4,
  nbformat_minor: 4,
};

describe.skipIf(chromiumPath() === null)('notebooks, on the real host', () => {
  let browser: Browser;
  let workbench: StartedWorkbench;

  beforeAll(async () => {
    [browser, workbench] = await Promise.all([launchChromium(), startWorkbench()]);
  });

  afterAll(async () => {
    await browser?.close();
    await workbench?.[Symbol.asyncDispose]();
  });

  async function notebooks(scheme: 'light' | 'dark' = 'light') {
    const watched = await openPage(browser, scheme);
    await watched.page.goto(workbench.address);
    await watched.page.getByRole('link', { name: 'Notebooks', exact: true }).click();
    return watched;
  }

  const saved = async (name: string): Promise<Saved> =>
    JSON.parse(await readFile(join(workbench.workspace, 'notebooks', name), 'utf8')) as Saved;

  async function create(page: Page, title: string): Promise<void> {
    await page.getByPlaceholder('Title of a new notebook').fill(title);
    await page.getByRole('button', { name: 'New notebook' }).click();
    await page.getByRole('heading', { name: title, level: 1 }).waitFor();
  }

  test('a query typed, run and turned by a slider is on the page and in the file', async () => {
    const { page, complaints } = await notebooks();
    await create(page, 'Best customers');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page
      .getByRole('group', { name: 'Kinds of cells' })
      .getByRole('button', { name: /slider/i })
      .click();
    const slider = page.getByRole('slider').first();
    await slider.waitFor();
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page
      .getByRole('group', { name: 'Kinds of cells' })
      .getByRole('button', { name: /SQL/ })
      .click();
    const editor = page.getByRole('textbox', { name: /SQL/i }).last();
    await editor.click();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.insertText(
      'select {{k}} * 1000 + count(*) * 0 as answer from features.customer_features',
    );
    await page.keyboard.press('Shift+Enter');
    const answer = (): Promise<string> => page.locator('main').innerText();
    await expect.poll(answer, soon).toMatch(/answer\s+\d+000\b/);
    const before = Number(/answer\s+(\d+)000\b/.exec(await answer())?.[1]);
    await slider.focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(answer, soon).toMatch(new RegExp(`answer\\s+${before + 1}000\\b`));
    await expect
      .poll(async () => JSON.stringify(await saved('best-customers.ipynb')), soon)
      .toContain(`${before + 1}000`);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('a stranger’s notebook runs nothing, loads nothing and shows no trick, also once it is trusted', async () => {
    const { page, complaints } = await notebooks();
    const asked: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('elsewhere')) asked.push(request.url());
    });
    page.on('dialog', (dialog) => void dialog.dismiss());
    const file = {
      name: 'stranger.ipynb',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify(strangers)),
    };
    await page.getByLabel('Notebook to import').setInputFiles(file);
    await page
      .getByText(/Stranger/)
      .first()
      .waitFor();
    const trust = page.getByRole('button', { name: /^Trust/ });
    await trust.waitFor();
    await page.waitForTimeout(1000);
    const harm = (): Promise<unknown[]> =>
      page.evaluate(() => [
        (window as { pwned?: number }).pwned,
        (Object.prototype as { polluted?: boolean }).polluted,
        document.querySelectorAll(
          'main script, main iframe[srcdoc], main form, main [onerror], main a[href^="javascript"]',
        ).length,
      ]);
    expect(await harm()).toEqual([undefined, undefined, 0]);
    expect(asked).toEqual([]);
    await trust.click();
    await page.getByRole('button', { name: 'Run all' }).click();
    await expect.poll(() => page.locator('main').innerText(), soon).toMatch(/n\s+4\b/);
    expect(await harm()).toEqual([undefined, undefined, 0]);
    expect(asked).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('keys do what they do in Jupyter, and what was deleted comes back', async () => {
    const { page } = await notebooks();
    await create(page, 'Keys');
    const count = (): Promise<number> => page.locator('[data-cell]').count();
    await page.keyboard.press('Escape');
    const cells = await count();
    await page.keyboard.press('b');
    await expect.poll(count, soon).toBe(cells + 1);
    await page.keyboard.press('Escape');
    await page.keyboard.press('m');
    await page.keyboard.press('Enter');
    await page.keyboard.type('dd zab');
    await page.keyboard.press('Escape');
    await page.keyboard.press('d');
    await page.keyboard.press('d');
    await expect.poll(count, soon).toBe(cells);
    await page.keyboard.press('z');
    await expect.poll(count, soon).toBe(cells + 1);
    await expect.poll(() => page.locator('main').innerText(), soon).toContain('dd zab');
    await page.context().close();
  });

  test('a change from outside while there is one here is asked about, and nothing is lost', async () => {
    const path = join(workbench.workspace, 'notebooks', 'shared.ipynb');
    await mkdir(join(workbench.workspace, 'notebooks'), { recursive: true });
    const text = (title: string): string =>
      JSON.stringify({
        cells: [{ id: 'a', cell_type: 'markdown', metadata: {}, source: `# ${title}` }],
        metadata: {},
        nbformat: 4,
        nbformat_minor: 5,
      });
    await writeFile(path, text('Ours'));
    const { page } = await notebooks();
    await page.getByText('Ours').first().click();
    await page.getByRole('heading', { name: 'Ours', level: 1 }).dblclick();
    await writeFile(path, text('Theirs'));
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.insertText('# Mine');
    await page.getByRole('button', { name: /both/i }).click();
    await page.getByRole('heading', { name: 'Theirs', level: 1 }).waitFor();
    await expect
      .poll(async () => JSON.stringify(await saved('shared-mine.ipynb')), soon)
      .toContain('# Mine');
    await page.context().close();
  });

  test('a file that is deleted while there is a change here is written again, not asked about', async () => {
    const path = join(workbench.workspace, 'notebooks', 'gone.ipynb');
    await mkdir(join(workbench.workspace, 'notebooks'), { recursive: true });
    const cells = [{ id: 'a', cell_type: 'markdown', metadata: {}, source: '# Gone soon' }];
    const text = JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 });
    await writeFile(path, text);
    const { page } = await notebooks();
    await page.getByText('Gone soon').first().click();
    await page.getByRole('heading', { name: 'Gone soon', level: 1 }).dblclick();
    await rm(path);
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.insertText('# Here');
    await page.getByTestId('banner-gone').waitFor();
    expect(await page.getByTestId('banner-conflict').count()).toBe(0);
    await page.getByRole('button', { name: 'Write it again' }).click();
    await page.getByTestId('banner-gone').waitFor({ state: 'detached' });
    await expect
      .poll(async () => JSON.stringify(await saved('gone.ipynb')), soon)
      .toContain('# Here');
    await page.context().close();
  });

  test('a regular expression that never ends is ended, and the page answers meanwhile', async () => {
    const { page, complaints } = await notebooks();
    const source = `select ${'a_long_name another_long_name '.repeat(4)}from silver\nwhere x1 and x2`;
    const cells = [{ id: 'words', cell_type: 'markdown', metadata: {}, source: '# Endless' }];
    const notebook = {
      cells: [...cells, code(`%%sql --save q\n${source}`, { id: 'query' })],
      metadata: {},
      nbformat: 4,
      nbformat_minor: 5,
    };
    const buffer = Buffer.from(JSON.stringify(notebook));
    const file = { name: 'endless.ipynb', mimeType: 'application/json', buffer };
    await page.getByLabel('Notebook to import').setInputFiles(file);
    await page.getByRole('heading', { name: 'Endless', level: 1 }).click();
    await page.keyboard.press('f');
    await page.keyboard.press('Alt+r');
    const looked = (): Promise<string> => page.getByRole('search').getByRole('status').innerText();
    await page.keyboard.insertText(String.raw`(\w+\s?)+=`);
    await expect.poll(looked, soon).toBe('This regular expression takes too long');
    expect(await page.getByRole('button', { name: 'All', exact: true }).isDisabled()).toBe(true);
    await page.getByLabel('Find in all cells').fill(String.raw`x(\d)`);
    await expect.poll(looked, soon).toBe('1 of 2, cell 2, line 3');
    const marked = (): Promise<string[]> =>
      page.evaluate(() => Array.from(CSS.highlights.get('notebook-matches') ?? [], String));
    await expect.poll(marked, soon).toEqual(['x1', 'x2']);
    await page.getByLabel('Replace with').fill('$1y');
    await page.getByRole('button', { name: 'Replace', exact: true }).click();
    await expect.poll(looked, soon).toBe('1 match replaced.');
    await page.getByText('where 1y and x2').waitFor();
    await page.getByRole('button', { name: 'All', exact: true }).click();
    await page.getByText('where 1y and 2y').waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('a picture that another program attached is shown, and stays with a cell that is cut and pasted', async () => {
    const path = join(workbench.workspace, 'notebooks', 'pictures.ipynb');
    const png =
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
    const text = (...names: string[]): string =>
      JSON.stringify({
        cells: [
          {
            id: 'both',
            cell_type: 'markdown',
            metadata: {},
            source: '# Pictures\n\n![p](attachment:p.png) ![q](attachment:q.png)',
            attachments: Object.fromEntries(names.map((name) => [name, { 'image/png': png }])),
          },
          { id: 'rest', cell_type: 'markdown', metadata: {}, source: 'Rest' },
        ],
        metadata: {},
        nbformat: 4,
        nbformat_minor: 5,
      });
    await writeFile(path, text('p.png'));
    const { page, complaints } = await notebooks();
    await page.getByText('Pictures').first().click();
    await page.getByText('q.png is not attached to this cell').waitFor();
    await writeFile(path, text('p.png', 'q.png'));
    await page.getByRole('img', { name: 'q' }).waitFor();
    await page.getByRole('heading', { name: 'Pictures', level: 1 }).click();
    await page.keyboard.press('x');
    const files = async (): Promise<unknown> =>
      (await saved('pictures.ipynb')).cells.map((cell) =>
        Object.keys(Reflect.get(cell, 'attachments') ?? {}),
      );
    await expect.poll(files, soon).toEqual([[]]);
    await page.keyboard.press('v');
    await expect.poll(files, soon).toEqual([[], ['p.png', 'q.png']]);
    await page.getByRole('img', { name: 'q' }).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('a text is found in every cell and replaced in one step, and the focus goes back', async () => {
    const { page, complaints } = await notebooks();
    const cells = [
      { id: 'words', cell_type: 'markdown', metadata: {}, source: '# Find\n\nTotal and **total**' },
      code('%%sql --save total\nselect 1 as total', { id: 'query' }),
      code('print("total")', { id: 'foreign' }),
    ];
    const notebook = { cells, metadata: {}, nbformat: 4, nbformat_minor: 5 };
    const buffer = Buffer.from(JSON.stringify(notebook));
    const file = { name: 'find.ipynb', mimeType: 'application/json', buffer };
    await page.getByLabel('Notebook to import').setInputFiles(file);
    await page.getByRole('heading', { name: 'Find', level: 1 }).click();
    const source = (): Promise<string> => page.locator('[data-cell="query"]').innerText();
    await page.keyboard.press('Shift+L');
    await page.locator('[data-cell="query"] [data-line="1"]').waitFor({ state: 'attached' });
    await page.keyboard.press('f');
    const status = page.getByRole('search').getByRole('status');
    const looked = (): Promise<string> => status.innerText();
    await page.keyboard.type('total');
    await expect.poll(looked).toBe('1 of 5, cell 1, line 3');
    await page.keyboard.press('Alt+c');
    await expect.poll(looked).toBe('1 of 4, cell 1, line 3');
    await page.keyboard.press('Shift+Enter');
    await expect.poll(looked).toBe('4 of 4, cell 3, line 1');
    expect(
      await page.evaluate(() =>
        ['notebook-matches', 'notebook-match'].map((name) =>
          Array.from(CSS.highlights.get(name) ?? [], String),
        ),
      ),
    ).toEqual([['total', 'total', 'total'], ['total']]);
    expect(await axeFindings(page)).toEqual([]);
    await page.getByLabel('Replace with').fill('sum');
    await page.getByRole('button', { name: 'All', exact: true }).click();
    await expect.poll(looked).toBe('3 matches replaced. 1 in code that is only kept stayed.');
    await expect.poll(source).toContain('select 1 as sum');
    expect(await page.getByLabel('Name of the result').first().inputValue()).toBe('sum');
    await page.keyboard.press('Escape');
    await page.getByRole('search').waitFor({ state: 'detached' });
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-cell'))).toBe(
      'foreign',
    );
    await page.keyboard.press('z');
    await expect.poll(source).toContain('select 1 as total');
    await page.getByText('Total and total').waitFor();

    await page.locator('[data-cell="query"] [data-source]').click();
    await page.locator('[data-cell="query"] .cm-lineNumbers').waitFor();
    await page.keyboard.press('ControlOrMeta+f');
    await page.keyboard.press('Escape');
    await page.locator('[data-cell="query"] .cm-content:focus').waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test.each(['light', 'dark'] as const)(
    'axe finds nothing wrong with them in %s',
    async (scheme) => {
      const { page } = await notebooks(scheme);
      await page.getByPlaceholder('Title of a new notebook').waitFor();
      expect(await axeFindings(page)).toEqual([]);
      await create(page, `Access ${scheme}`);
      await page.waitForTimeout(500);
      expect(await axeFindings(page)).toEqual([]);
      await page.context().close();
    },
  );
});
