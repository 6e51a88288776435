// `npm run desktop`: the workbench in a window of its own, or a sentence that says why not.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { electronProgram, fetchElectron, hasDisplay } from './electron-program.mjs';
import { ensureInstalled, pinnedNode, root, runToEnd } from './install.mjs';

function fail(sentence, next) {
  process.stderr.write(`strata: ${sentence}\n  What to do: ${next}\n`);
  process.exit(1);
}

const folder = join(root, 'dist', 'desktop');
const marker = join(folder, '.built-from');

function fingerprint() {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
  for (const part of ['electron', 'renderer', 'pipeline', 'scripts']) {
    const entries = readdirSync(join(root, part), { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    for (const path of files.map((one) => join(one.parentPath ?? one.path, one.name)).toSorted()) {
      hash.update(path.slice(root.length)).update(readFileSync(path));
    }
  }
  return hash.digest('hex');
}

function ensureDesktopBuilt() {
  const wanted = fingerprint();
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return;
  process.stderr.write('Building the desktop application ...\n');
  if (!runToEnd(pinnedNode, [join(root, 'scripts', 'build-desktop.mjs')])) process.exit(1);
  writeFileSync(marker, wanted);
}

/** Starts the window with these arguments and ends as it ends. */
export function runDesktop(args) {
  ensureDesktopBuilt();
  const program = electronProgram();
  const child = spawn(program, [folder, ...args], {
    cwd: process.env.INIT_CWD ?? process.cwd(),
    stdio: 'inherit',
    env: { ...process.env, STRATA_NODE: pinnedNode },
  });
  child.on('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  ensureInstalled();
  if (!hasDisplay()) {
    fail(
      'There is no display for a window.',
      'Set DISPLAY, or use "npm start", which serves a page.',
    );
  }
  if (electronProgram() === undefined && !fetchElectron()) {
    fail(
      'Electron could not be fetched: it comes from github.com, apart from the npm registry.',
      'Check the network or set ELECTRON_MIRROR, or use "npm start", which serves the same workbench to a browser.',
    );
  }
  runDesktop(process.argv.slice(2));
}
