// `npm run desktop`: the workbench in a window of its own, or a sentence that says why not.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { fingerprint } from './build.mjs';
import { electronProgram, fetchElectron, hasDisplay, whyNoElectron } from './electron-program.mjs';
import { ensureInstalled, pinnedNode, root, runToEnd } from './install.mjs';

function fail(sentence, next) {
  process.stderr.write(`strata: ${sentence}\n  What to do: ${next}\n`);
  process.exit(1);
}

const folder = join(root, 'dist', 'desktop');
const marker = join(folder, '.built-from');

function ensureDesktopBuilt() {
  const wanted = fingerprint('electron', 'renderer', 'pipeline', 'scripts');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return;
  process.stderr.write('Building the desktop application ...\n');
  if (!runToEnd(pinnedNode, [join(root, 'scripts', 'build-desktop.mjs')])) process.exit(1);
  writeFileSync(marker, wanted);
}

/** Starts the window with these arguments and ends as it ends. `onFailed` is called if it ends before there is one. */
export function runDesktop(args, onFailed = (code) => void (process.exitCode = code)) {
  ensureDesktopBuilt();
  const child = spawn(electronProgram(), [folder, ...args], {
    cwd: process.env.INIT_CWD ?? process.cwd(),
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, STRATA_NODE: pinnedNode },
  });
  let isOpen = false;
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line === 'strata: a window is open') isOpen = true;
    else process.stdout.write(`${line}\n`);
  });
  // Ctrl-C reaches the window by itself; this process waits for it to end in order.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('error', () => onFailed(1));
  child.on('exit', (code) => {
    if (isOpen || code === 0) process.exitCode = code ?? 1;
    else onFailed(code ?? 1);
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
  const why = whyNoElectron();
  if (why !== null)
    fail(`${why}.`, 'Use "npm start", which serves the same workbench to a browser.');
  if (electronProgram() === undefined && !fetchElectron()) {
    fail(
      'Electron could not be fetched: it comes from github.com, apart from the npm registry.',
      'Check the network or set ELECTRON_MIRROR, or use "npm start", which serves the same workbench to a browser.',
    );
  }
  runDesktop(process.argv.slice(2));
}
