import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { liveHtml } from '../../../pipeline/notebooks/share/live-html.ts';
import { staticHtml } from '../../../pipeline/notebooks/share/static-html.ts';
import { chromiumPath, launchChromium } from '../../e2e/browser-page.ts';
import { attacks, hostileNotebook } from './hostile-notebook.ts';
import { bareTemplate } from './sharing-fixture.ts';

let browser: Browser;
let folder: string;

describe.skipIf(chromiumPath() === null)('a page made of a hostile notebook', () => {
  beforeAll(async () => {
    browser = await launchChromium();
    folder = await mkdtemp(join(tmpdir(), 'strata-hostile-'));
  });

  afterAll(async () => {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Opens a page from a file without network and tells all that it did. */
  async function opened(html: string, name: string) {
    const path = join(folder, `${name}.html`);
    writeFileSync(path, html);
    const context = await browser.newContext({ offline: true });
    const page = await context.newPage();
    const did: string[] = [];
    page.on('dialog', (dialog) => {
      did.push(`dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('request', (request) => {
      const address = request.url();
      if (address !== pathToFileURL(path).href && !address.startsWith('data:image/'))
        did.push(`request ${address.slice(0, 200)}`);
    });
    page.on('popup', () => did.push('popup'));
    page.on('framenavigated', (frame) => {
      if (frame !== page.mainFrame()) did.push(`frame ${frame.url()}`);
    });
    await page.goto(pathToFileURL(path).href, { waitUntil: 'load' });
    await page.mouse.move(200, 200);
    const found = await page.evaluate(() => ({
      pwned: (globalThis as { pwned?: unknown }).pwned ?? null,
      scripts: [...document.querySelectorAll('script')].map(({ type }) => type),
      handlers: [...document.querySelectorAll('*')].flatMap((element) =>
        element.getAttributeNames().filter((name) => name.startsWith('on')),
      ),
      addresses: [...document.querySelectorAll('[href], [src], [action], [srcdoc]')]
        .map((element) => element.getAttribute('href') ?? element.getAttribute('src') ?? 'other')
        .filter((address) => !/^(https?:|mailto:|data:image\/(png|jpeg|gif|webp);)/.test(address)),
      odd: document.querySelectorAll(
        'iframe, object, embed, base, link, form, input, template, math',
      ).length,
      inSvg: document.querySelectorAll(
        'svg script, svg foreignObject, svg a, svg image, svg animate',
      ).length,
      title: document.title,
      text: document.body.innerText.length,
    }));
    await context.close();
    return { did, ...found };
  }

  test('is noticed where it is not made safe', async () => {
    const { did, pwned, handlers } = await opened(attacks.join('\n'), 'unsafe');
    expect(did).not.toEqual([]);
    expect(pwned).not.toBeNull();
    expect(handlers).not.toEqual([]);
  });

  const nothing = { did: [], pwned: null, handlers: [], addresses: [], odd: 0, inSvg: 0 };

  test('without scripts runs nothing and asks for nothing, also where its policy is taken away', async () => {
    const html = staticHtml(hostileNotebook(), { title: attacks.join(' ') });
    const bare = html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, '');
    expect(bare.length).toBeLessThan(html.length);
    for (const [name, page] of [
      ['static', html],
      ['bare', bare],
    ] as const) {
      const { text, title, ...found } = await opened(page, name);
      expect(found).toEqual({ ...nothing, scripts: [] });
      expect(title).toContain('</title><script>window.pwned = 4</script>');
      expect(text).toBeGreaterThan(5000);
    }
  });

  test('with its data runs nothing of these, and gives them back as they were', async () => {
    const document = hostileNotebook();
    const html = liveHtml({
      template: bareTemplate,
      title: attacks.join(' '),
      document,
      record: Object.fromEntries(attacks.map((text) => [text, text])),
      tables: attacks.map((name) => ({
        name,
        kind: 'workspace',
        rows: 1,
        columns: [name],
        ipc: new TextEncoder().encode(name),
      })),
    });
    const { scripts, title, text, ...found } = await opened(html, 'live');
    expect(found).toEqual(nothing);
    expect(text).toBe(0);
    expect(title.startsWith(attacks[0] ?? '')).toBe(true);
    expect(scripts).toEqual([
      ...Array.from({ length: 3 }, () => 'application/json'),
      ...attacks.map(() => 'application/octet-stream'),
    ]);
    const block = (id: string): unknown =>
      JSON.parse(new RegExp(`id="${id}">(.*?)</script>`, 's').exec(html)?.[1] ?? '');
    expect(block('strata-shared')).toEqual(Object.fromEntries(attacks.map((one) => [one, one])));
    expect((block('strata-tables') as { name: string }[]).map(({ name }) => name)).toEqual(attacks);
    expect((block('strata-notebook') as { cells: unknown[] }).cells).toHaveLength(
      document.cells.length,
    );
  });
});

test('a live page refuses more data than a browser takes well', () => {
  const ipc = new Uint8Array(201e6);
  const table = { name: 'a.b', kind: 'workspace', rows: 1, columns: [], ipc } as const;
  const page = { template: bareTemplate, title: '', record: {}, document: hostileNotebook() };
  expect(() => liveHtml({ ...page, tables: [table] })).toThrow(
    'The data of this notebook are 201 MB, and a live page holds at most 200 MB.',
  );
});
