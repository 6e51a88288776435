// The Electron binary that the package "electron" brings; it is fetched apart from npm's registry, so it may be missing.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pinnedNode, root } from './install.mjs';

const folder = join(root, 'node_modules', 'electron');
const PATIENCE_MS = 120_000;

const names = {
  win32: 'electron.exe',
  darwin: join('Electron.app', 'Contents', 'MacOS', 'Electron'),
};

const read = (path) => (existsSync(path) ? readFileSync(path, 'utf8').trim() : '');

/**
 * Its path, or undefined where it is not there as a whole: the installer writes `path.txt` last.
 * `ELECTRON_OVERRIDE_DIST_PATH` names another folder for it.
 */
export function electronProgram() {
  const other = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const dist = other ?? join(folder, 'dist');
  if (other === undefined) {
    const { version } = JSON.parse(read(join(folder, 'package.json')) || '{}');
    if (read(join(dist, 'version')).replace(/^v/, '') !== version) return undefined;
    if (read(join(folder, 'path.txt')) === '') return undefined;
  }
  const path = join(dist, names[process.platform] ?? 'electron');
  return existsSync(path) ? path : undefined;
}

/** Fetches it from where Electron publishes its releases; says whether that went well. */
export function fetchElectron() {
  process.stderr.write('Fetching Electron for the desktop window (once, about 120 MB) ...\n');
  const done = spawnSync(pinnedNode, [join(folder, 'install.js')], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'ignore'],
    timeout: PATIENCE_MS,
  });
  if (done.status === 0 && electronProgram() !== undefined) return true;
  // Half of it would be taken for the whole.
  rmSync(join(folder, 'dist'), { recursive: true, force: true });
  return false;
}

const isSet = (name) => (process.env[name] ?? '') !== '';

export const hasDisplay = () =>
  process.platform !== 'linux' || isSet('DISPLAY') || isSet('WAYLAND_DISPLAY');

/** Why Electron would refuse to start here, or null. */
export function whyNoElectron() {
  if (process.platform !== 'linux') return null;
  if (process.getuid?.() === 0) return 'Electron does not run as root';
  const program = electronProgram();
  if (program === undefined) return null;
  const { status, stdout } = spawnSync('ldd', [program], { encoding: 'utf8' });
  const missing = status === 0 ? /^\s*(\S+) => not found/m.exec(stdout)?.[1] : undefined;
  return missing !== undefined ? `Electron lacks the library ${missing}` : null;
}
