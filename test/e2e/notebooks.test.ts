import { describe, expect, test } from 'vitest';
import { axeFindings } from './axe.ts';
import { chromiumPath } from './browser-page.ts';
import { code, createNotebook, NotebookPages, soon } from './notebook-pages.ts';

const hostile = `<img src="https://elsewhere.invalid/a.png" onerror="window.pwned = 1"><script>window.pwned = 2</script>
<svg onload="window.pwned = 3"></svg><a href="javascript:window.pwned=4">link</a><iframe srcdoc="<script>parent.pwned=5</script>"></iframe>
<style>@import url(https://elsewhere.invalid/a.css);</style><form action="https://elsewhere.invalid"><button>go</button></form>`;

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
  const pages = new NotebookPages();

  test('a query typed, run and turned by a slider is on the page and in the file', async () => {
    const { page, complaints } = await pages.notebooks();
    await createNotebook(page, 'Best customers');
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
      .poll(async () => JSON.stringify(await pages.saved('best-customers.ipynb')), soon)
      .toContain(`${before + 1}000`);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('a stranger’s notebook runs nothing, loads nothing and shows no trick, also once it is trusted', async () => {
    const { page, complaints } = await pages.notebooks();
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
    const { page } = await pages.notebooks();
    await createNotebook(page, 'Keys');
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

  test.each(['light', 'dark'] as const)(
    'axe finds nothing wrong with them in %s',
    async (scheme) => {
      const { page } = await pages.notebooks(scheme);
      await page.getByPlaceholder('Title of a new notebook').waitFor();
      expect(await axeFindings(page)).toEqual([]);
      await createNotebook(page, `Access ${scheme}`);
      await page.waitForTimeout(500);
      expect(await axeFindings(page)).toEqual([]);
      await page.context().close();
    },
  );
});
