// Runs on whatever Node the machine has (20 or later), before anything is installed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** The Node that the project pins, which every script and test runs on. */
export const pinnedNode = join(
  root,
  'node_modules',
  'node',
  'bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
);

const lock = join(root, 'package-lock.json');
const marker = join(root, 'node_modules', '.strata-installed');

function fingerprint() {
  return createHash('sha256').update(readFileSync(lock)).digest('hex');
}

function fail(sentence, next) {
  process.stderr.write(`strata: ${sentence}\n  What to do: ${next}\n`);
  process.exit(1);
}

/** Runs a program to its end, its output shown on stderr so that stdout stays the caller's. */
export function runToEnd(program, args, env = {}) {
  const done = spawnSync(program, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 2, 2],
    // npm is a script there, which only a shell finds; a path with spaces needs none.
    shell: process.platform === 'win32' && program === 'npm',
  });
  return done.status === 0;
}

/** Installs what package-lock.json names, once for each state of it. */
export function ensureInstalled() {
  const [major = 0] = process.versions.node.split('.').map(Number);
  if (major < 20) {
    fail(`Node ${process.versions.node} is too old.`, 'Install Node 20 or later.');
  }
  const wanted = fingerprint();
  if (existsSync(marker) && existsSync(pinnedNode) && readFileSync(marker, 'utf8') === wanted) {
    return;
  }
  process.stderr.write('Installing what is missing (once, about a minute) ...\n');
  if (!runToEnd('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'])) {
    fail(
      'The packages could not be installed.',
      'Read the lines above; npm needs its registry to be reachable. Then run the command again.',
    );
  }
  if (!existsSync(pinnedNode)) {
    fail(
      'The pinned Node was not installed.',
      'Allow install scripts of the package "node" (npm config "ignore-scripts" must be off).',
    );
  }
  mkdirSync(join(root, 'node_modules'), { recursive: true });
  writeFileSync(marker, wanted);
}
