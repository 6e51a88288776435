import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findBrowser } from '../../../pipeline/notebooks/share/node/find-browser.ts';
import { printPdf } from '../../../pipeline/notebooks/share/node/print-pdf.ts';
import { chromiumPath } from '../../e2e/browser-page.ts';

const having =
  (...paths: string[]) =>
  (path: string): boolean =>
    paths.includes(path);

test('a browser is found where each system has it; the one that is named comes first, and alone', () => {
  const linux = { platform: 'linux', variables: { PATH: '/opt/bin' } };
  expect(findBrowser({ ...linux, exists: having('/opt/bin/microsoft-edge') })).toBe(
    '/opt/bin/microsoft-edge',
  );
  expect(findBrowser({ ...linux, exists: having('/snap/bin/chromium') })).toBe(
    '/snap/bin/chromium',
  );
  const mac = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
  expect(findBrowser({ platform: 'darwin', variables: {}, exists: having(mac) })).toBe(mac);
  const edge = join('C:\\Program Files', 'Microsoft', 'Edge', 'Application', 'msedge.exe');
  const windows = { platform: 'win32', variables: { PROGRAMFILES: 'C:\\Program Files' } };
  expect(findBrowser({ ...windows, exists: having(edge) })).toBe(edge);
  const named = { platform: 'linux', variables: { STRATA_CHROMIUM: '/x' } };
  expect(findBrowser({ ...named, exists: having('/x', '/usr/bin/chromium') })).toBe('/x');
  expect(findBrowser({ ...named, exists: having('/usr/bin/chromium') })).toBeNull();
});

test('without a browser, and with one that fails, a sentence says what to do', async () => {
  await expect(printPdf('', { browser: null })).rejects.toMatchObject({
    code: 'NOTEBOOK_NO_BROWSER',
    next: expect.stringContaining('export the static page') as string,
  });
  for (const browser of ['/not/there', process.execPath]) {
    await expect(printPdf('', { browser })).rejects.toMatchObject({ code: 'NOTEBOOK_PDF_FAILED' });
  }
});

test.skipIf(chromiumPath() === null)('a page becomes a PDF, or is cancelled', async () => {
  const browser = chromiumPath();
  const pdf = await printPdf('<h1>Title</h1>', { browser });
  expect(Buffer.from(pdf).subarray(0, 5).toString()).toBe('%PDF-');
  const signal = AbortSignal.timeout(20);
  await expect(printPdf('<h1>Title</h1>', { browser, signal })).rejects.toMatchObject({
    code: 'CANCELLED',
  });
});
