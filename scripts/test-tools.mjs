// Finds or fetches what the tests need besides npm packages; what cannot be had is named, and its tests are skipped.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { electron9, electron9Packages, hasLibraries } from './electron9.mjs';
import { electronProgram } from './electron-program.mjs';
import { pinnedNode, root } from './install.mjs';

function works(program, args) {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0;
}

const isDebianRoot = () =>
  process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

let listsRead = false;

function debianPackages(...packages) {
  if (!isDebianRoot()) return false;
  const quiet = {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  if (!listsRead) spawnSync('apt-get', ['update', '-qq'], quiet);
  listsRead = true;
  process.stderr.write(`Installing ${packages.join(', ')} ...\n`);
  return (
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], quiet)
      .status === 0
  );
}

const browsers = [
  process.env.STRATA_CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

function installedBrowser() {
  return browsers.find((path) => path !== undefined && path !== '' && existsSync(path));
}

function chromium() {
  const found = installedBrowser();
  if (found !== undefined) return found;
  if (debianPackages('chromium')) return installedBrowser();
  // Elsewhere Playwright brings its own; its path is asked for, not guessed.
  const playwright = join(root, 'node_modules', 'playwright-core');
  if (!works(pinnedNode, [join(playwright, 'cli.js'), 'install', 'chromium'])) return undefined;
  const script = `console.log(require(${JSON.stringify(playwright)}).chromium.executablePath())`;
  const path = spawnSync(pinnedNode, ['-e', script], { encoding: 'utf8' }).stdout.trim();
  return existsSync(path) ? path : undefined;
}

/** The Electron that is shipped, where its binary is installed; else the old one that the tests can be given. */
function electron() {
  const shipped = electronProgram();
  if (shipped !== undefined) return { path: shipped, generation: 'current' };
  const old = electron9();
  if (old === undefined) return undefined;
  const ready = hasLibraries(old) && works('Xvfb', ['-help']);
  return ready || debianPackages(...electron9Packages)
    ? { path: old, generation: 'electron9' }
    : undefined;
}

/** Environment for the test run, and a line for each tool that is missing. */
export function prepareTools() {
  const missing = [];
  const environment = { ...process.env };
  const browser = chromium();
  if (browser === undefined) missing.push('Chromium: the tests of the page are skipped');
  else environment.STRATA_CHROMIUM = browser;
  const hasJava = works('java', ['-version']) || debianPackages('openjdk-17-jre-headless');
  const hasMaven = works('mvn', ['-version']) || debianPackages('maven');
  if (!hasJava || !hasMaven)
    missing.push('Java and Maven: the tests against a Kafka broker are skipped');
  if (!works('kcat', ['-V']) && !debianPackages('kcat')) {
    missing.push('kcat: the tests of records that other Kafka clients wrote are skipped');
  }
  const desktop = electron();
  if (desktop === undefined) missing.push('Electron: the tests of the desktop window are skipped');
  else {
    environment.STRATA_ELECTRON = desktop.path;
    environment.STRATA_ELECTRON_GENERATION = desktop.generation;
  }
  return { environment, missing };
}

/** A folder for one run's results, removed by the caller's `done`. */
export function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'strata-test-'));
  return { folder, done: () => rmSync(folder, { recursive: true, force: true }) };
}
