import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { measure } from '../measure.ts';
import { inScratch } from '../places.ts';
import { say } from '../report.ts';
import { findChromium, readAddress } from '../start.ts';
import { strata } from '../strata.ts';
import type { Part } from './comparison.ts';
import {
  inWords,
  leastOf,
  type LongestTask,
  longestTask,
  mark,
  watchMainThread,
} from './main-thread.ts';

const PATIENCE_MS = 300_000;
/** What a page still does after it was opened is not what is asked about. */
const SETTLING_MS = 2000;

interface Longest {
  readonly running: LongestTask;
  readonly drawing: LongestTask;
}

/** The first sweep of a page, and another one while two ks of it stand beside each other. */
interface Watched {
  readonly first: Longest;
  readonly comparing: Longest;
}

async function openTuning(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.locator('[data-painted="true"]').first().waitFor();
  await page.evaluate(() => {
    location.hash = 'tuning';
  });
  await page
    .getByTestId('tuning-controls')
    .getByRole('button', { name: /^Try k/ })
    .waitFor();
  await page.waitForTimeout(SETTLING_MS);
}

declare const progressEnded: Promise<void>;

/** Before a sweep: marks when its progress, which may be there for an instant only, is gone again. */
async function markEnd(page: Page): Promise<void> {
  await page.evaluate(() => {
    const progress = '[aria-label="Sweep: progress"]';
    const ended = new Promise<void>((resolve) => {
      let seen = false;
      new MutationObserver((_, observer) => {
        const there = document.querySelector(progress) !== null;
        if (seen && !there) {
          observer.disconnect();
          performance.mark('sweep ended');
          resolve();
        }
        seen ||= there;
      }).observe(document.body, { childList: true, subtree: true });
    });
    Object.assign(globalThis, { progressEnded: ended });
  });
}

/** Presses the button, waits for the end of the job, then until what it found has been drawn. */
async function sweepOnce(browser: Browser, page: Page): Promise<Longest> {
  await markEnd(page);
  const watched = await watchMainThread(browser, page);
  await mark(page, 'sweep asked for');
  await page
    .getByTestId('tuning-controls')
    .getByRole('button', { name: /^Try k/ })
    .click();
  await page.evaluate(() => progressEnded);
  await page.locator('[data-testid="sweep-scatter"][data-painted="true"]').waitFor();
  await page.waitForTimeout(SETTLING_MS);
  await mark(page, 'sweep drawn');
  const tasks = await watched.stop();
  return {
    running: longestTask(tasks, 'sweep asked for', 'sweep ended'),
    drawing: longestTask(tasks, 'sweep ended', 'sweep drawn'),
  };
}

async function openCompare(page: Page): Promise<void> {
  await page.getByTestId('compare').getByText('Another k', { exact: true }).click();
  await page.locator('[data-testid="compare-scatter-right"][data-painted="true"]').waitFor();
  await page.waitForTimeout(SETTLING_MS);
}

async function watch(address: string): Promise<Watched> {
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: ['--headless', '--no-sandbox', '--disable-gpu'],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 1000 } });
    page.setDefaultTimeout(PATIENCE_MS);
    await openTuning(page, address);
    const first = await sweepOnce(browser, page);
    await openCompare(page);
    return { first, comparing: await sweepOnce(browser, page) };
  } finally {
    await browser.close();
  }
}

function serve(workspace: string): ChildProcess {
  const { program, args } = strata('serve', '--workspace', workspace, '--port', '0');
  return spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** A sweep from the tuning panel of the product, on a demo workspace, as its main thread bears it. */
export async function onScreen(customers: number, rounds: number): Promise<Part> {
  const found: Watched[] = [];
  await inScratch(async (folder) => {
    const workspace = join(folder, 'workspace');
    say(`making a demo workspace of ${customers} customers`);
    await measure(strata('demo', '--customers', String(customers), '--workspace', workspace));
    for (let round = 1; round <= rounds; round += 1) {
      say(`sweep on the screen: round ${round} of ${rounds}`);
      const child = serve(workspace);
      const ended = once(child, 'exit');
      try {
        found.push(await watch(await readAddress(child)));
      } finally {
        child.kill('SIGTERM');
        await ended;
      }
    }
  });
  const name = `sweep on the screen, ${customers} customers`;
  const views = [
    ['', found.map(({ first }) => first)],
    [', comparing', found.map(({ comparing }) => comparing)],
  ] as const;
  const longest = views.map(([view, rounds]) => ({
    view,
    running: leastOf(rounds.map((one) => one.running)),
    drawing: leastOf(rounds.map((one) => one.drawing)),
  }));
  return {
    comparisons: [],
    notes: longest.flatMap(({ view, running, drawing }) => [
      [
        `${name}${view}: longest task of the main thread while it runs (aim: under 50 ms)`,
        inWords(running),
      ],
      [`${name}${view}: the same while what it found is drawn`, inWords(drawing)],
    ]),
    figures: Object.assign(
      { 'screen customers': customers },
      ...longest.map(({ view, running, drawing }) => ({
        [`screen longest task${view}, running (ms)`]: running.wall,
        [`screen longest task${view}, running (ms of CPU time)`]: running.cpu,
        [`screen longest task${view}, drawing (ms)`]: drawing.wall,
        [`screen longest task${view}, drawing (ms of CPU time)`]: drawing.cpu,
      })),
    ),
  };
}
