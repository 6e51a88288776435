import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { axeFindings } from './axe.ts';
import { chromiumPath } from './browser-page.ts';
import { code, NotebookPages, soon } from './notebook-pages.ts';

describe.skipIf(chromiumPath() === null)(
  'notebooks that are searched, and changed by others',
  () => {
    const pages = new NotebookPages();

    test('a change from outside while there is one here is asked about, and nothing is lost', async () => {
      const path = join(pages.workbench.workspace, 'notebooks', 'shared.ipynb');
      await mkdir(join(pages.workbench.workspace, 'notebooks'), { recursive: true });
      const text = (title: string): string =>
        JSON.stringify({
          cells: [{ id: 'a', cell_type: 'markdown', metadata: {}, source: `# ${title}` }],
          metadata: {},
          nbformat: 4,
          nbformat_minor: 5,
        });
      await writeFile(path, text('Ours'));
      const { page } = await pages.notebooks();
      await page.getByText('Ours').first().click();
      await page.getByRole('heading', { name: 'Ours', level: 1 }).dblclick();
      await writeFile(path, text('Theirs'));
      await page.keyboard.press('ControlOrMeta+A');
      await page.keyboard.insertText('# Mine');
      await page.getByRole('button', { name: /both/i }).click();
      await page.getByRole('heading', { name: 'Theirs', level: 1 }).waitFor();
      await expect
        .poll(async () => JSON.stringify(await pages.saved('shared-mine.ipynb')), soon)
        .toContain('# Mine');
      await page.context().close();
    });

    test('a file that is deleted while there is a change here is written again, not asked about', async () => {
      const path = join(pages.workbench.workspace, 'notebooks', 'gone.ipynb');
      await mkdir(join(pages.workbench.workspace, 'notebooks'), { recursive: true });
      const cells = [{ id: 'a', cell_type: 'markdown', metadata: {}, source: '# Gone soon' }];
      const text = JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 });
      await writeFile(path, text);
      const { page } = await pages.notebooks();
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
        .poll(async () => JSON.stringify(await pages.saved('gone.ipynb')), soon)
        .toContain('# Here');
      await page.context().close();
    });

    test('a regular expression that never ends is ended, and the page answers meanwhile', async () => {
      const { page, complaints } = await pages.notebooks();
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
      const looked = (): Promise<string> =>
        page.getByRole('search').getByRole('status').innerText();
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
      const path = join(pages.workbench.workspace, 'notebooks', 'pictures.ipynb');
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
      const { page, complaints } = await pages.notebooks();
      await page.getByText('Pictures').first().click();
      await page.getByText('q.png is not attached to this cell').waitFor();
      await writeFile(path, text('p.png', 'q.png'));
      await page.getByRole('img', { name: 'q' }).waitFor();
      await page.getByRole('heading', { name: 'Pictures', level: 1 }).click();
      await page.keyboard.press('x');
      const files = async (): Promise<unknown> =>
        (await pages.saved('pictures.ipynb')).cells.map((cell) =>
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
      const { page, complaints } = await pages.notebooks();
      const cells = [
        {
          id: 'words',
          cell_type: 'markdown',
          metadata: {},
          source: '# Find\n\nTotal and **total**',
        },
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
  },
);
