// Builds the desktop application's folder: the shell bundled, the pipeline as JavaScript, the page.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { build } from 'vite';
import { ensureReaderBuilt, readerTemplate } from './build.mjs';
import { licences } from './licences.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What is shipped, and what the tests run where only an Electron 9 can be had: Node 12 and Chromium 83. */
const generations = {
  current: { folder: 'desktop', script: 'node22', page: 'es2022' },
  electron9: { folder: 'desktop-electron9', script: 'es2019', page: 'chrome83' },
};

/** Electron 9's Node 12 lacks much of what the language has got since. */
const oldNode = {
  name: 'old-node',
  transform: (code, id) =>
    id.endsWith('/electron/main.ts') ? `import 'core-js/stable';\n${code}` : null,
};

const external = ['electron', 'electron-updater', ...builtinModules, /^node:/];

async function bundle(name, out, target) {
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    plugins: target === 'es2019' ? [oldNode] : [],
    build: {
      outDir: out,
      emptyOutDir: false,
      target,
      minify: false,
      lib: {
        entry: join(root, 'electron', `${name}.ts`),
        formats: ['cjs'],
        fileName: () => `${name}.cjs`,
      },
      rollupOptions: { external },
    },
  });
  if (target !== 'es2019') return;
  // Node 12 knows the built-in modules by their bare names only.
  const path = join(out, `${name}.cjs`);
  const text = readFileSync(path, 'utf8')
    .replaceAll(/require\((["'`])node:/g, 'require($1')
    .replaceAll(/require\(["'`]fs\/promises["'`]\)/g, 'require("fs").promises');
  writeFileSync(path, text);
}

function files(folder) {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** File by file, the tree as it is: modules find each other, their SQL and their workers beside them. */
function transpile(path, out) {
  const to = join(out, path.slice(root.length));
  mkdirSync(dirname(to), { recursive: true });
  if (path.endsWith('.sql')) return cpSync(path, to);
  if (!path.endsWith('.ts') || path.endsWith('.d.ts')) return undefined;
  const { outputText } = ts.transpileModule(readFileSync(path, 'utf8'), {
    fileName: path,
    compilerOptions: {
      target: ts.ScriptTarget.ES2024,
      module: ts.ModuleKind.ESNext,
      verbatimModuleSyntax: true,
      rewriteRelativeImportExtensions: true,
    },
  });
  return writeFileSync(to.replace(/\.ts$/, '.js'), outputText);
}

/** Writes down which modules went into a bundle. */
const noting = (modules) => ({
  name: 'noting-modules',
  generateBundle(_options, bundle) {
    for (const { modules: of = {} } of Object.values(bundle)) {
      for (const module of Object.keys(of)) modules.add(module);
    }
  },
});

async function buildPage(out, target, modules) {
  await build({
    plugins: [noting(modules)],
    configFile: join(root, 'renderer', 'vite.config.ts'),
    root: join(root, 'renderer'),
    mode: target === 'chrome83' ? 'chrome83' : 'production',
    logLevel: 'warn',
    build: { outDir: join(out, 'page'), emptyOutDir: true },
  });
}

/** Gives the folder in dist/ that Electron is to be started with. */
export async function buildDesktop(generation, name = generations[generation].folder) {
  const { script, page } = generations[generation];
  const out = join(root, 'dist', name);
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  for (const name of ['main', 'preload']) await bundle(name, out, script);
  const apart = ['host-process', 'parent-channel', 'host-messages'].concat(
    ['dictionary-process', 'dictionaries', 'spelling-messages'].map((name) => `spelling/${name}`),
  );
  for (const path of [
    ...files('pipeline').filter((path) => !path.includes(join('pipeline', 'cli'))),
    ...apart.map((name) => join(root, 'electron', `${name}.ts`)),
  ]) {
    transpile(path, join(out, 'app'));
  }
  // Where the code finds them in the tree, too.
  cpSync(join(root, 'notebooks'), join(out, 'app', 'notebooks'), { recursive: true });
  writeFileSync(join(out, 'app', 'package.json'), '{ "type": "module" }\n');
  writeFileSync(
    join(out, 'package.json'),
    `${JSON.stringify({ name: 'strata', productName: 'Strata', main: 'main.cjs' })}\n`,
  );
  // At the same place beside the pipeline as it has in the repository.
  ensureReaderBuilt();
  mkdirSync(join(out, 'app', 'dist', 'reader'), { recursive: true });
  cpSync(readerTemplate, join(out, 'app', 'dist', 'reader', 'template.html'));
  const modules = new Set();
  await buildPage(out, page, modules);
  writeFileSync(join(out, 'licences.txt'), licences(modules));
  return out;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [generation = 'current'] = process.argv.slice(2);
  process.stdout.write(`${await buildDesktop(generation)}\n`);
}
