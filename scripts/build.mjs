// Builds the page where its sources changed since the last time.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled, pinnedNode, root, runToEnd } from './install.mjs';

const marker = join(root, 'dist', 'renderer', '.built-from');

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

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  ensureInstalled();
  ensureBuilt();
}
