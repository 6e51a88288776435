import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { buildDesktop } from '../../scripts/build-desktop.mjs';

const root = join(import.meta.dirname, '../..');

/** The Electron to test with (scripts/test-tools.mjs), or null where there is none. */
export const electronPath = process.env['STRATA_ELECTRON'] ?? null;
/** Which build that Electron needs. */
export const generation =
  process.env['STRATA_ELECTRON_GENERATION'] === 'current' ? 'current' : 'electron9';

let folder: Promise<string> | undefined;

/** The application as it is built for that Electron, built once for a test file. */
export function builtDesktop(name = 'desktop-window-tests'): Promise<string> {
  // Apart from what other test files build at the same time.
  folder ??= buildDesktop(generation, name);
  return folder;
}

let screen: Promise<string> | undefined;
let server: ChildProcess | undefined;

async function startScreen(): Promise<string> {
  const child = spawn(
    'Xvfb',
    ['-displayfd', '3', '-screen', '0', '1600x1100x24', '-nolisten', 'tcp'],
    {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    },
  );
  server = child;
  const [number] = (await once(child.stdio[3] as NodeJS.ReadableStream, 'data')) as [Buffer];
  return `:${number.toString().trim()}`;
}

/** A screen that nobody sees, where the machine has no other; ended by closeScreen(). */
function display(): Promise<string> {
  const { DISPLAY } = process.env;
  if (process.platform !== 'linux') return Promise.resolve('');
  if (DISPLAY !== undefined && DISPLAY !== '') return Promise.resolve(DISPLAY);
  screen ??= startScreen();
  return screen;
}

export async function closeScreen(): Promise<void> {
  if (server === undefined || server.exitCode !== null) return;
  server.kill();
  await once(server, 'exit');
}

export interface Profile {
  /** Where the application keeps its own settings. */
  readonly userData: string;
  readonly workspace: string;
}

export async function profile(): Promise<Profile> {
  const at = await mkdtemp(join(tmpdir(), 'strata-desktop-'));
  onTestFinished(() => rm(at, { recursive: true, force: true, maxRetries: 5 }));
  return { userData: join(at, 'user'), workspace: join(at, 'shop') };
}

export interface DesktopApp {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** What the shell wrote to its standard error. */
  readonly said: () => string;
}

async function environment(): Promise<Record<string, string>> {
  const inherited = Object.entries(process.env).filter(([, value]) => value !== undefined);
  return {
    ...(Object.fromEntries(inherited) as Record<string, string>),
    DISPLAY: await display(),
    STRATA_NODE: join(root, 'node_modules', 'node', 'bin', 'node'),
  };
}

const executable = (): string => {
  if (electronPath === null) throw new Error('there is no Electron');
  return electronPath;
};

/** Electron refuses to run as root with its sandbox; what a page may do is the same without. */
const switches = ({ userData }: Profile): string[] => [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  `--user-data-dir=${userData}`,
];

/** Starts the real application; closed when the test has ended. */
export async function startDesktop(
  where: Profile,
  args: readonly string[] = [],
  options: { executable?: string; folder?: string | null; required?: string } = {},
): Promise<DesktopApp> {
  const at = options.folder === null ? [] : [options.folder ?? (await builtDesktop())];
  const required = options.required === undefined ? [] : ['-r', options.required];
  const app = await _electron.launch({
    executablePath: options.executable ?? executable(),
    args: [...switches(where), ...required, ...at, ...args],
    env: await environment(),
    timeout: 60_000,
  });
  let said = '';
  app.process().stderr?.on('data', (data: Buffer) => {
    said += data.toString();
  });
  onTestFinished(async () => {
    // A question that the test left open would keep it from ending.
    await app
      .evaluate(({ dialog }) => {
        Object.assign(dialog, { showMessageBox: async () => ({ response: 1 }) });
      })
      .catch(() => undefined);
    await app.close().catch(() => undefined);
  });
  const page = await app.firstWindow();
  page.setDefaultTimeout(60_000);
  return { app, page, said: () => said };
}

/** Starts it a second time on the same profile and waits until that process has ended. */
export async function startAgain(where: Profile, args: readonly string[]): Promise<number | null> {
  const child = spawn(executable(), [...switches(where), await builtDesktop(), ...args], {
    env: await environment(),
    stdio: 'ignore',
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
}
