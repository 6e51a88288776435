// Builds a script for the browser, workers and all, and serves it on loopback as a cross-origin isolated page.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, preview } from 'vite';
import { root } from './install.mjs';

/** What a page must be served with before it may share memory with its workers. */
const headers = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

export async function buildPage({ script, folder }) {
  mkdirSync(folder, { recursive: true });
  await build({
    configFile: false,
    root,
    base: './',
    publicDir: false,
    logLevel: 'warn',
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'es2022',
      rollupOptions: { input: { page: script }, output: { entryFileNames: '[name].js' } },
    },
    worker: { format: 'es' },
  });
  const head = '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">';
  writeFileSync(join(folder, 'index.html'), `${head}<script type="module" src="page.js"></script>`);
}

export async function servePage(folder) {
  const server = await preview({
    configFile: false,
    root: folder,
    logLevel: 'silent',
    build: { outDir: folder },
    preview: { host: '127.0.0.1', headers },
  });
  const address = server.resolvedUrls?.local[0];
  if (address === undefined) throw new Error('The page is served without an address.');
  return { address, [Symbol.asyncDispose]: () => server.close() };
}
