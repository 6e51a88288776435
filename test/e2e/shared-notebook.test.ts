import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readNotebook } from '../../pipeline/notebooks/document/read-notebook.ts';
import { cell, sharedPage, sharedTable, type SharedPage } from '../helpers/shared-page.ts';
import { axeFindings } from './axe.ts';
import { chromiumPath, launchChromium, openPage } from './browser-page.ts';

const inputs = { tags: ['parameters'] };
const text = (plain: string) => ({
  output_type: 'display_data',
  metadata: {},
  data: { 'text/plain': plain },
});

/** One pixel. */
const blueDot =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGNgKNoEAAGaASV50pT6AAAAAElFTkSuQmCC';

const orders = sharedTable('silver.orders', {
  segment: ['New', 'New', 'Loyal', 'Loyal', 'Loyal', 'Lost'],
  amount: Float64Array.of(10, 20, 30, 40, 50, 60),
});
const clusters = sharedTable('clusters', { cluster: ['A', 'B', 'B'] }, 'panel');

const plain: SharedPage = {
  title: 'Orders by segment',
  record: {
    choices: {
      outputs: true,
      columns: { 'silver.orders.email': 'drop' },
      aggregated: [],
      minimumCount: 0,
    },
    at: '2026-11-20T10:00:00Z',
  },
  tables: [orders, clusters],
  cells: [
    cell(
      'prose',
      '# Orders by segment\n\n![Blue](attachment:blue%20dot.png) ![](attachment:gone.png)',
      { others: { attachments: { 'blue dot.png': { 'image/png': blueDot } } } },
    ),
    cell('input', 'least = 20  # strata: {"kind": "slider", "min": 0, "max": 60, "step": 10}', {
      metadata: inputs,
    }),
    cell(
      'query',
      '%%sql --save kept\nselect segment, count(*)::integer as orders, sum(amount) as amount\nfrom silver.orders where amount >= {{least}} group by all order by segment',
    ),
    cell(
      'chart',
      '%%strata chart\n{"data": "kept", "type": "bar", "x": "segment", "y": ["amount"], "aggregate": "sum"}',
    ),
    cell(
      'script',
      '%%strata javascript\nconsole.log("sum", kept.column("amount").reduce((a, b) => a + b, 0));',
    ),
    cell('panel', '%%strata kpis --save clusters\n{}', { outputs: [text('four KPIs')] }),
    cell(
      'after',
      '%%sql\nselect cluster, count(*)::integer as rows from clusters group by all order by all',
    ),
  ],
};

const attack = '<img src=x onerror="globalThis.hit = 1"><script>globalThis.hit = 1</script>';
const breakOut = `</script><script>globalThis.hit = 1</script><!--<script>\u2028${attack}`;

const hostile: SharedPage = {
  title: breakOut,
  record: { choices: { columns: { [breakOut]: 'drop' }, aggregated: [attack] }, at: attack },
  tables: [
    sharedTable('silver.evil', {
      [attack]: Array.from({ length: 22 }, (_, at) =>
        at % 2 === 0 ? breakOut : 'javascript:globalThis.hit=1',
      ),
    }),
  ],
  cells: [
    cell(
      'prose',
      `# ${attack}\n\n${breakOut}\n\n[link](javascript:globalThis.hit=1) <iframe src="https://example.org"></iframe> ![x](https://example.org/pixel.png) <style>body{background:url(https://example.org/pixel.png)}</style>`,
    ),
    cell(
      'query',
      `%%sql --save evil\nselect *, '${breakOut.replaceAll("'", "''")}' as "${attack.replaceAll('"', '""')} 2" from silver.evil`,
    ),
    cell('odd', `%%sql --save "${attack}"\nselect 1`, {
      type: 'raw',
    }),
    cell('kpis', '%%strata kpis\n{}', {
      outputs: [
        {
          output_type: 'display_data',
          metadata: {},
          data: {
            'text/html': `${breakOut}<a href="javascript:globalThis.hit=1">x</a><form action="https://example.org"><input name=a></form>`,
          },
        },
        {
          output_type: 'display_data',
          metadata: {},
          data: { 'image/svg+xml': `<svg onload="globalThis.hit=1">${attack}</svg>` },
        },
        {
          output_type: 'display_data',
          metadata: {},
          data: { 'application/javascript': 'globalThis.hit = 1' },
        },
      ],
    }),
  ],
};

describe.skipIf(chromiumPath() === null)('a shared notebook, in Chromium, from a file', () => {
  let browser: Browser;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'strata-shared-'));
    const [one, page, evil] = await Promise.all([
      launchChromium(),
      sharedPage(plain),
      sharedPage(hostile),
    ]);
    browser = one;
    await writeFile(join(folder, 'plain.html'), page);
    await writeFile(join(folder, 'hostile.html'), evil);
  });

  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** In a fresh profile without a network; every request that is not the file itself is written down. */
  async function opened(file: string) {
    const { page, complaints } = await openPage(browser);
    const requests: string[] = [];
    await page.context().setOffline(true);
    await page.context().route(/^(?!file:|blob:|data:)/, (route) => route.abort());
    page.on('request', (request) => {
      if (!/^(blob|data):/.test(request.url())) requests.push(request.url());
    });
    const address = pathToFileURL(join(folder, file)).href;
    await page.goto(address);
    await page.getByTestId('notebook').waitFor();
    return { page, complaints, requests, address };
  }

  const cellOf = (page: Page, id: string) => page.locator(`[data-cell="${id}"]`);

  async function live(page: Page): Promise<void> {
    await page.locator('[data-testid="engine"][data-kind="live"]').waitFor();
  }

  test('shows what it was saved with, then runs what the reader changes, and asks nothing of anybody', async () => {
    const { page, complaints, requests, address } = await opened('plain.html');
    expect(await page.title()).toBe('Orders by segment');
    await cellOf(page, 'query').getByRole('cell', { name: '120' }).waitFor();
    await cellOf(page, 'chart').locator('.barlayer .point').nth(2).waitFor();
    await page.getByText('what was done to the data').click();
    await page.getByText('silver.orders.email: left out.').waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('silver.orders.email: left out.').waitFor({ state: 'hidden' });
    await live(page);

    const slider = cellOf(page, 'input').locator('input[type=range]');
    await slider.focus();
    for (const key of ['ArrowRight', 'ArrowRight']) await slider.press(key);
    await cellOf(page, 'query').getByRole('cell', { name: '90' }).waitFor();
    expect(await cellOf(page, 'query').locator('tbody tr').count()).toBe(2);
    await expect.poll(() => cellOf(page, 'chart').locator('.barlayer .point').count()).toBe(2);
    await cellOf(page, 'script').getByText('sum 150').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    expect(complaints).toEqual([]);
    expect(requests).toEqual([address]);
    await page.context().close();
  });

  test('lets the SQL be edited and rerun, keeps panels as they were, and saves a copy of what it is then', async () => {
    const { page, complaints, requests, address } = await opened('plain.html');
    await live(page);
    await cellOf(page, 'query').locator('[data-source]').dblclick();
    const editor = cellOf(page, 'query').locator('.cm-content');
    await editor.waitFor();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.insertText(
      "select 'all' as segment, 6 as orders, sum(amount) * 1000 as amount from silver.orders",
    );
    await page.keyboard.press('ControlOrMeta+Enter');
    await cellOf(page, 'query').getByRole('cell', { name: '210000' }).waitFor();
    await cellOf(page, 'after').scrollIntoViewIfNeeded();
    await page.getByRole('button', { name: 'Run all' }).click();
    await cellOf(page, 'panel').getByText('as it was when the page was shared').waitFor();
    await cellOf(page, 'panel').getByText('four KPIs').waitFor();
    await cellOf(page, 'after').getByRole('cell', { name: 'B' }).waitFor();

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save a copy' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('Orders by segment.ipynb');
    const saved = readNotebook(await readFile(await download.path()));
    expect(saved.cells.find(({ id }) => id === 'query')?.source).toContain('sum(amount) * 1000');
    expect(JSON.stringify(saved.cells.find(({ id }) => id === 'query')?.outputs)).toContain(
      '210000',
    );
    expect(complaints).toEqual([]);
    expect(requests.filter((one) => one !== address)).toEqual([]);
    await page.context().close();
  });

  test('finds texts and shows the pictures that it brought along, and replaces nothing', async () => {
    const { page, complaints, requests, address } = await opened('plain.html');
    const picture = cellOf(page, 'prose').getByRole('img', { name: 'Blue' });
    await picture.waitFor();
    await expect
      .poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth), {
        timeout: 10_000,
      })
      .toBe(1);
    await cellOf(page, 'prose').getByText('gone.png is not attached to this cell').waitFor();
    await cellOf(page, 'prose').click();
    await page.keyboard.press('f');
    await page.keyboard.type('AMOUNT');
    await page.getByRole('status').getByText('1 of 5, cell 3, line 2').waitFor();
    expect(await page.getByLabel('Replace with').count()).toBe(0);
    await page.keyboard.press('Alt+r');
    await page.keyboard.press('ControlOrMeta+f');
    await page.keyboard.insertText(String.raw`\bamount\b`);
    await page
      .getByRole('status')
      .getByText(/^1 of \d+, cell 3, line 2/)
      .waitFor();
    await page.keyboard.press('Escape');
    expect(await cellOf(page, 'prose').evaluate((cell) => cell === document.activeElement)).toBe(
      true,
    );
    expect(complaints).toEqual([]);
    expect(requests).toEqual([address]);
    await page.context().close();
  });

  test('does nothing that a hostile notebook wants', async () => {
    const { page, complaints, requests, address } = await opened('hostile.html');
    await live(page);
    await page.getByRole('button', { name: 'Run all' }).click();
    await cellOf(page, 'query').getByText('22 rows').first().waitFor();
    await cellOf(page, 'query')
      .getByRole('button', { name: /Browse all/ })
      .click();
    await page.getByText('what was done to the data').click();
    for (let link of await page.locator('a').all()) {
      expect(await link.getAttribute('href')).not.toMatch(/^\s*javascript:/i);
    }
    expect(await page.evaluate(() => 'hit' in globalThis)).toBe(false);
    expect(await page.locator('iframe, form, #root script').count()).toBe(0);
    expect(complaints).toEqual([]);
    expect(requests).toEqual([address]);
    await page.context().close();
  });

  test('leaves room for data under its 16 MB, and the page of the workbench as it was', async () => {
    expect((await readFile(join(folder, 'plain.html'))).length).toBeLessThan(14e6);
    const assets = join(import.meta.dirname, '..', '..', 'dist', 'renderer', 'assets');
    for (const name of (await readdir(assets)).filter((one) => one.endsWith('.js'))) {
      expect(await readFile(join(assets, name), 'utf8')).not.toContain('strata-part-');
    }
  });
});
