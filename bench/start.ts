import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Browser, chromium } from 'playwright-core';
import { benchArguments } from './arguments.ts';
import { inScratch, root } from './places.ts';
import { printJson, printTable, say } from './report.ts';

const PAINTED = '[data-painted="true"]';
const PATIENCE_MS = 60_000;

/** Milliseconds from `npm start`'s first instruction to the first KPI chart on the page, in the order they pass. */
interface Phases {
  readonly 'to the address': number;
  readonly 'to the page': number;
  readonly 'to its first paint': number;
  readonly 'to the first chart': number;
}

export function findChromium(): string {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'chrome'];
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const found = folders
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((path) => existsSync(path));
  if (found === undefined) throw new Error(`None of ${names.join(', ')} is on the PATH.`);
  return found;
}

export async function readAddress(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('npm start has no output to read.');
  for await (const line of createInterface({ input: child.stdout })) {
    const [address] = /http:\/\/127\.0\.0\.1:\d+\/\S*/.exec(line) ?? [];
    if (address !== undefined) return address;
  }
  throw new Error('npm start ended without printing an address.');
}

/** The whole group: what npm start starts ends as it does when a user presses Ctrl-C. */
function interrupt(child: ChildProcess): void {
  if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGINT');
}

async function watchPage(browser: Browser, address: string, since: number): Promise<Phases> {
  const printed = performance.now();
  const page = await browser.newPage();
  const broken = page.waitForEvent('pageerror', { timeout: 0 }).then((error) => {
    throw error;
  });
  // It matters only while the chart is waited for.
  broken.catch(() => {});
  await page.goto(address, { waitUntil: 'commit', timeout: PATIENCE_MS });
  const committed = performance.now();
  const chart = page.waitForSelector(PAINTED, { state: 'attached', timeout: PATIENCE_MS });
  await Promise.race([chart, broken]);
  const painted = performance.now();
  const firstPaint = await page.evaluate(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
  );
  await page.close();
  const shown = Math.min(firstPaint, painted - committed);
  return {
    'to the address': printed - since,
    'to the page': committed - printed,
    'to its first paint': shown,
    'to the first chart': painted - committed - shown,
  };
}

async function startOnce(browser: Browser): Promise<Phases> {
  return inScratch(async (folder) => {
    const since = performance.now();
    const script = join(root, 'scripts', 'start.mjs');
    const child = spawn(
      process.execPath,
      [script, '--no-open', '--workspace', join(folder, 'workspace')],
      { stdio: ['ignore', 'pipe', 'inherit'], detached: true, cwd: root },
    );
    const ended = once(child, 'exit');
    const onExit = (): void => interrupt(child);
    process.once('exit', onExit);
    try {
      return await watchPage(browser, await readAddress(child), since);
    } finally {
      process.off('exit', onExit);
      interrupt(child);
      await ended;
    }
  });
}

const total = (phases: Phases): number =>
  Object.values<number>({ ...phases }).reduce((sum, one) => sum + one, 0);

/** `npm start` on an installed clone to the first painted KPI chart. The browser runs before, as a user's does. */
export async function start(args: readonly string[]): Promise<void> {
  const { rounds } = benchArguments(args, { rounds: 3 });
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: ['--no-sandbox', '--disable-gpu'],
  });
  const measured: Phases[] = [];
  try {
    for (let round = 1; round <= rounds; round += 1) {
      say(`round ${round} of ${rounds}`);
      measured.push(await startOnce(browser));
    }
  } finally {
    await browser.close();
  }
  const [quickest] = measured.toSorted((a, b) => total(a) - total(b));
  if (quickest === undefined) throw new Error('Nothing was measured.');
  const whole = total(quickest);
  const shares = Object.fromEntries(
    Object.entries<number>({ ...quickest }).map(([name, time]) => [name, time / whole]),
  );
  printTable(
    ['phase', 'share'],
    Object.entries(shares).map(([name, share]) => [name, `${(share * 100).toFixed(1)}%`]),
  );
  printJson({ bench: 'start', shares, milliseconds: { ...quickest }, total: whole });
}
