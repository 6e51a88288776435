// Builds the pages, the workbench's and that of shared notebooks, where their sources changed since the last time.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled, pinnedNode, root, runToEnd } from './install.mjs';

const marker = join(root, 'dist', 'renderer', '.built-from');
const readerMarker = join(root, 'dist', 'reader', '.built-from');

/** The page of shared notebooks, without a notebook: `liveHtml` fills it. */
export const readerTemplate = join(root, 'dist', 'reader', 'template.html');

function sources(folder) {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .toSorted();
}

/** Changes whenever a file of these folders does, or a version of what is installed. */
export function fingerprint(...folders) {
  const hash = createHash('sha256');
  for (const file of [...folders.flatMap(sources), join(root, 'package-lock.json')]) {
    hash.update(file.slice(root.length)).update(readFileSync(file));
  }
  return hash.digest('hex');
}

export function ensureBuilt() {
  const wanted = `production ${fingerprint('renderer', 'pipeline/contract')}`;
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return;
  process.stderr.write('Building the page ...\n');
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const args = [
    vite,
    'build',
    'renderer',
    '--config',
    join('renderer', 'vite.config.ts'),
    '--logLevel',
    'warn',
  ];
  // Vite takes React as it is developed with where a test runner says NODE_ENV=test: several times slower on the page.
  if (!runToEnd(pinnedNode, args, { NODE_ENV: 'production' })) process.exit(1);
  writeFileSync(marker, wanted);
}

function wantedReader() {
  const rooms = ['contract', 'engine', 'host', 'notebooks', 'work'];
  return fingerprint('renderer', ...rooms.map((room) => join('pipeline', room)));
}

const readerIsBuilt = (wanted) =>
  existsSync(readerMarker) && readFileSync(readerMarker, 'utf8') === wanted;

/** Builds it beside what else runs: only an export needs it, and nobody should wait for that at the start. */
export function buildReaderBeside() {
  if (readerIsBuilt(wantedReader())) return;
  const script = fileURLToPath(import.meta.url);
  const child = spawn(pinnedNode, [script], { cwd: root, stdio: 'ignore' });
  child.on('error', () => undefined);
  if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
  child.unref();
}

export function ensureReaderBuilt() {
  const wanted = wantedReader();
  if (readerIsBuilt(wanted)) return;
  process.stderr.write('Building the page of shared notebooks ...\n');
  const script = join(root, 'scripts', 'build-reader.mjs');
  if (!runToEnd(pinnedNode, [script], { NODE_ENV: 'production' })) process.exit(1);
  writeFileSync(readerMarker, wanted);
}

const cliFolder = join(root, 'dist', 'cli');

/** Changes whenever a file of the pipeline does, or what is installed: quicker than to read them all for each command. */
function cliStamp() {
  const hash = createHash('sha256').update(root);
  const shaping = ['package-lock.json', 'tsconfig.base.json', join('scripts', 'build-cli.mjs')];
  for (const file of [...sources('pipeline'), ...shaping.map((name) => join(root, name))]) {
    const { mtimeMs, size } = statSync(file);
    hash.update(`${file} ${mtimeMs} ${size}\n`);
  }
  return hash.digest('hex').slice(0, 16);
}

const WEEK_MS = 7 * 86_400_000;

/** Those that nothing was started from for a week: a host that runs may yet read of its own. */
function dropOldBuilds() {
  for (const name of readdirSync(cliFolder)) {
    const build = join(cliFolder, name);
    if (Date.now() - statSync(build).mtimeMs > WEEK_MS)
      rmSync(build, { recursive: true, force: true });
  }
}

function buildCli(folder) {
  const part = `${folder}.${process.pid}`;
  // Where nothing can be written nobody waits for a build.
  mkdirSync(part, { recursive: true });
  const script = join(root, 'scripts', 'build-cli.mjs');
  const done = spawnSync(pinnedNode, [script, part], { cwd: root, stdio: 'ignore' });
  // A folder that is empty says that these sources cannot be built, and is not tried again.
  if (done.status !== 0) mkdirSync(folder, { recursive: true });
  else if (!existsSync(folder)) renameSync(part, folder);
  rmSync(part, { recursive: true, force: true });
  dropOldBuilds();
}

/** The command line to start: built where that can be done, else as it stands in the tree, which starts slower. */
export function builtCli() {
  const folder = join(cliFolder, cliStamp());
  const entry = join(folder, 'strata.js');
  try {
    if (!existsSync(folder)) buildCli(folder);
    utimesSync(folder, new Date(), new Date());
  } catch {
    // The installation belongs to somebody else, or another command was quicker.
  }
  return existsSync(entry) ? entry : join(root, 'pipeline', 'cli', 'strata.mjs');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  ensureInstalled();
  ensureBuilt();
  ensureReaderBuilt();
}
