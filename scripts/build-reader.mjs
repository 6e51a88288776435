// Builds dist/reader/template.html: the page of a shared notebook with all that it needs in it, but for the notebook.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync, renameSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import postcssPresetMantine from 'postcss-preset-mantine';
import { build } from 'vite';
import { toBase85 } from '../pipeline/contract/base85.ts';
import { root } from './install.mjs';
import { licences } from './licences.mjs';

const library = createRequire(join(root, 'package.json'));
const reader = join(root, 'renderer', 'reader');

/** The library of charts is unpacked by the page; it would be in its way as a part of its script. */
const alias = { 'plotly.js-strict-dist-min': join(reader, 'kept-plotly.ts') };

/** The module is given to it: its address would take the file along a second time. */
const quickjsByHand = {
  name: 'quickjs-by-hand',
  enforce: 'pre',
  transform: (code, id) =>
    id.includes('emscripten-module.browser')
      ? code.replace('new URL("emscripten-module.wasm",import.meta.url)', '{href:""}')
      : null,
};

/** One classic script of an entry and all that it imports, and its styles. */
async function bundle(entry, modules) {
  const output = await build({
    configFile: false,
    root,
    publicDir: false,
    logLevel: 'error',
    mode: 'production',
    define: { 'process.env.NODE_ENV': '"production"' },
    resolve: { alias },
    plugins: [quickjsByHand, react()],
    css: { postcss: { plugins: [postcssPresetMantine()] } },
    build: {
      write: false,
      target: 'es2022',
      modulePreload: false,
      cssCodeSplit: false,
      chunkSizeWarningLimit: 6000,
      rollupOptions: {
        input: join(root, entry),
        output: { format: 'iife', codeSplitting: false },
      },
    },
  });
  const files = [output].flat().flatMap((one) => one.output);
  const scripts = files.filter(({ type }) => type === 'chunk');
  const styles = files.filter(({ fileName }) => fileName.endsWith('.css'));
  if (scripts.length !== 1 || files.length !== scripts.length + styles.length) {
    const names = files.map(({ fileName }) => fileName).join(', ');
    throw new Error(`${entry} does not make one script: ${names}`);
  }
  for (const module of Object.keys(scripts[0].modules)) modules.add(module);
  return { script: scripts[0].code, style: styles.map(({ source }) => source).join('\n') };
}

const packed = (bytes) => toBase85(gzipSync(bytes, { level: 9 }));

/** The engine takes seconds to pack and changes with its version only. */
function packedOnce(file) {
  const bytes = readFileSync(file);
  const key = createHash('sha256').update(bytes).digest('hex').slice(0, 24);
  const kept = join(root, '.cache', 'reader', `${key}.85`);
  if (existsSync(kept)) return readFileSync(kept, 'utf8');
  const text = packed(bytes);
  mkdirSync(join(root, '.cache', 'reader'), { recursive: true });
  writeFileSync(kept, text);
  return text;
}

/** The page's parts by name, packed. */
async function parts(modules) {
  const page = await bundle('renderer/reader/main.tsx', modules);
  const host = await bundle('pipeline/host/browser/page-host.ts', modules);
  const scripts = await bundle('pipeline/notebooks/script/browser/given-script-worker.ts', modules);
  const taken = (address) => {
    const file = library.resolve(address);
    modules.add(file);
    return packedOnce(file);
  };
  return {
    'page.css': packed(page.style),
    'page.js': packed(page.script),
    'host.js': packed(host.script),
    'script-worker.js': packed(scripts.script),
    'plotly.js': taken('plotly.js-strict-dist-min'),
    'quickjs.wasm': taken('@jitl/quickjs-wasmfile-release-sync/wasm'),
    'duckdb.js': taken('@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js'),
    'duckdb.wasm': taken('@duckdb/duckdb-wasm/dist/duckdb-eh.wasm'),
  };
}

/** Nothing comes from anywhere: of scripts the loader, and what the page unpacks; no address at all but its own blobs. */
function policy(loader) {
  const hash = createHash('sha256').update(loader).digest('base64');
  return [
    "default-src 'none'",
    `script-src 'sha256-${hash}' blob: 'wasm-unsafe-eval'`,
    'worker-src blob:',
    "style-src 'unsafe-inline'",
    'img-src data: blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

/** Puts texts in the places of a page that are named once each. */
function filled(page, places) {
  return Object.entries(places).reduce((text, [place, given]) => {
    const [before, after, ...more] = text.split(place);
    if (after === undefined || more.length > 0) throw new Error(`The page has not one ${place}`);
    return before + given + after;
  }, page);
}

/** Parts that the loader finds before it: with them the page is drawn while the rest of the file is read. */
const first = ['page.css', 'page.js', 'host.js'];

/** Writes the template and gives the size of each part in it. */
export async function buildReader(folder = join(root, 'dist', 'reader')) {
  const modules = new Set();
  const loader = (await bundle('renderer/reader/loader.ts', modules)).script.trim();
  if (/<\/script|<!--/i.test(loader)) throw new Error('The loader would end its own element');
  const made = await parts(modules);
  made['licences.txt'] = packed(Buffer.from(licences(modules, { onlyBundled: true })));
  const blocks = (names) =>
    names
      .map((name) => `<script type="text/plain" id="strata-part-${name}">${made[name]}</script>`)
      .join('\n');
  const later = Object.keys(made).filter((name) => !first.includes(name));
  const page = filled(readFileSync(join(reader, 'page.html'), 'utf8'), {
    'STRATA-POLICY': policy(loader),
    '<!--strata-parts-->': `${blocks(first)}\n<script>${loader}</script>\n${blocks(later)}`,
  });
  mkdirSync(folder, { recursive: true });
  // Whoever exports meanwhile finds the one before, or none.
  const part = join(folder, `template.${process.pid}.part`);
  writeFileSync(part, page);
  renameSync(part, join(folder, 'template.html'));
  return Object.fromEntries(Object.entries(made).map(([name, text]) => [name, text.length]));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const sizes = await buildReader();
  if (!process.argv.includes('--sizes')) process.exit();
  for (const [name, size] of Object.entries(sizes)) process.stdout.write(`${name}\t${size}\n`);
}
