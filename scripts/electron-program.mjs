// The Electron binary that the package "electron" brings; it is fetched apart from npm's registry, so it may be missing.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pinnedNode, root } from './install.mjs';

const folder = join(root, 'node_modules', 'electron');
const PATIENCE_MS = 180_000;

const names = {
  win32: 'electron.exe',
  darwin: join('Electron.app', 'Contents', 'MacOS', 'Electron'),
};

/** Its path, or undefined where it is not there. `ELECTRON_OVERRIDE_DIST_PATH` names another folder for it. */
export function electronProgram() {
  const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist');
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
  return done.status === 0 && electronProgram() !== undefined;
}

export const hasDisplay = () =>
  process.platform !== 'linux' ||
  process.env.DISPLAY !== undefined ||
  process.env.WAYLAND_DISPLAY !== undefined;
