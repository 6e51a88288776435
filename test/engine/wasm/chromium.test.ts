import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, launchChromium, openPage } from '../../e2e/browser-page.ts';
import type { Asked } from './contract-page.ts';

declare const asked: Asked;

const library = createRequire(import.meta.url);
const worker = library.resolve('@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js');
const wasm = library.resolve('@duckdb/duckdb-wasm/dist/duckdb-eh.wasm');
const shim = join(import.meta.dirname, 'vitest-in-page.ts');

/** The page's script, with the contract in it; its vitest is the shim, except to the shim itself. */
async function builtScript(folder: string): Promise<string> {
  await build({
    configFile: false,
    root: import.meta.dirname,
    publicDir: false,
    logLevel: 'warn',
    define: { 'process.env': '{}' },
    plugins: [
      {
        name: 'vitest-in-page',
        enforce: 'pre',
        resolveId: (source, importer) => (source === 'vitest' && importer !== shim ? shim : null),
      },
    ],
    build: {
      outDir: folder,
      emptyOutDir: false,
      target: 'es2024',
      minify: false,
      rollupOptions: {
        input: { page: join(import.meta.dirname, 'contract-page.ts') },
        output: { entryFileNames: '[name].js', codeSplitting: false },
      },
    },
  });
  return readFile(join(folder, 'page.js'), 'utf8');
}

/** One file that holds everything, and a policy under which it can load nothing. */
async function selfContainedPage(script: string): Promise<string> {
  const policy =
    "default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval'; worker-src blob:; connect-src data:; img-src data:";
  const inline = (text: string): string => text.replaceAll('</script', String.raw`<\/script`);
  const zipped = gzipSync(await readFile(wasm), { level: 1 }).toString('base64');
  return [
    '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    `<script type="text/plain" id="worker">${inline(await readFile(worker, 'utf8'))}</script>`,
    `<script type="text/plain" id="wasm">${zipped}</script>`,
    `<script type="module">${inline(script)}</script>`,
  ].join('\n');
}

/** The page without its contents, and the library's files beside it. */
function serve(script: string): Promise<Server> {
  const html =
    '<!doctype html><link rel="icon" href="data:,"><script type="module" src="page.js"></script>';
  const files = new Map<string, { type: string; body: () => Promise<Uint8Array | string> }>([
    ['/', { type: 'text/html', body: async () => html }],
    ['/page.js', { type: 'text/javascript', body: async () => script }],
    ['/worker.js', { type: 'text/javascript', body: () => readFile(worker) }],
    ['/duckdb.wasm', { type: 'application/wasm', body: () => readFile(wasm) }],
  ]);
  const server = createServer((request, response) => {
    const file = files.get(request.url ?? '');
    if (file === undefined) {
      response.writeHead(404).end();
      return;
    }
    void file
      .body()
      .then((body) => response.writeHead(200, { 'content-type': file.type }).end(body));
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(server));
  });
}

describe.skipIf(chromiumPath() === null)('the wasm engine in Chromium', () => {
  let browser: Browser;
  let folder: string;
  let script: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'strata-wasm-'));
    [browser, script] = await Promise.all([launchChromium(), builtScript(folder)]);
  });

  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('keeps the contract on one file:// page that holds all of it', async () => {
    const file = join(folder, 'alone.html');
    await writeFile(file, await selfContainedPage(script));
    const { page, complaints } = await openPage(browser);
    await page.goto(pathToFileURL(file).href);
    const outcomes = await page.evaluate(() => asked.contract());
    expect(outcomes.filter(({ error }) => error !== null)).toEqual([]);
    expect(outcomes.length).toBeGreaterThan(120);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('starts from addresses, and says so where there is nothing at them', async () => {
    const server = await serve(script);
    const { page, complaints } = await openPage(browser);
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    const there = { worker: { address: 'worker.js' }, wasm: { address: 'duckdb.wasm' } };
    expect(await page.evaluate((parts) => asked.started(parts), there)).toEqual([{ answer: 42 }]);
    expect(complaints).toEqual([]);
    for (const missing of ['worker', 'wasm']) {
      const parts = { ...there, [missing]: { address: 'nothing' } };
      expect(await page.evaluate((one) => asked.started(one), parts)).toBe('ENGINE_NOT_STARTED');
    }
    await page.context().close();
    server.close();
  });
});
