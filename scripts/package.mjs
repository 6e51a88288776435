// `npm run package [-- electron-builder's options]`: installers of the desktop application for this system, in
// dist/installers. With ELECTRON_DIST the Electron of that folder is taken, and left as it is.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildDesktop } from './build-desktop.mjs';
import { root } from './install.mjs';

const tools = join(root, 'deploy', 'desktop');

/** The builder's configuration, for the Electron that is shipped or for one in a folder. */
function configuration(dist, inspectable) {
  const whole = JSON.parse(readFileSync(join(tools, 'electron-builder.json'), 'utf8'));
  const { electronFuses: _fuses, ...unfused } = whole;
  const config = inspectable ? unfused : whole;
  if (dist === undefined) return config;
  const version = readFileSync(join(dist, 'version'), 'utf8').trim().replace(/^v/, '');
  const built = version.startsWith('9.') ? 'desktop-electron9' : 'desktop';
  // An old Electron has no fuses, and its main script lies in the folder that was built for it.
  return {
    ...(version.startsWith('9.') ? unfused : config),
    electronDist: dist,
    electronVersion: version,
    files: whole.files.map((path) => path.replace('dist/desktop/', `dist/${built}/`)),
    extraResources: [{ from: `dist/${built}/licences.txt`, to: 'licences.txt' }],
    asarUnpack: [`dist/${built}/app/**`, 'node_modules/**'],
    extraMetadata: { main: `dist/${built}/main.cjs` },
  };
}

/** electron-builder, once for each state of its lock file. */
function installTools() {
  const lock = readFileSync(join(tools, 'package-lock.json'), 'utf8');
  const marker = join(tools, 'node_modules', '.strata-installed');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === lock) return;
  const npm = { cwd: tools, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' };
  const done = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], npm);
  if (done.status !== 0) throw new Error('electron-builder could not be installed');
  writeFileSync(marker, lock);
}

/** Builds and packs; gives the folder that holds the results. */
export async function packDesktop({ dist, args, inspectable = false }) {
  const config = configuration(dist, inspectable);
  const old = config.electronVersion?.startsWith('9.') === true;
  await buildDesktop(old ? 'electron9' : 'current');
  installTools();
  const file = join(root, 'dist', 'electron-builder.json');
  writeFileSync(file, JSON.stringify(config));
  const builder = join(tools, 'node_modules', 'electron-builder', 'out', 'cli', 'cli.js');
  const done = spawnSync(
    process.execPath,
    [builder, '--projectDir', root, '--config', file, '--publish', 'never', ...args],
    { cwd: root, stdio: ['ignore', 2, 2] },
  );
  if (done.status !== 0) throw new Error('electron-builder could not pack the application');
  return join(root, 'dist', 'installers');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const dist = process.env.ELECTRON_DIST;
  process.stdout.write(`${await packDesktop({ dist, args: process.argv.slice(2) })}\n`);
}
