import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { buildPage, servePage } from '../../scripts/isolated-page.mjs';
import { inScratch } from '../places.ts';
import { sampleTree } from '../process-tree.ts';
import { findChromium } from '../start.ts';
import { fits, RESTARTS, SEED, strataSide } from './against-sklearn.ts';
import { blobFile, COLUMNS } from './blobs.ts';
import type { Part } from './comparison.ts';
import { inWords, type LongestTask, longestTask, mark, watchMainThread } from './main-thread.ts';
import type { Answer, Bench } from './page/asked.ts';
import { bestOfRounds, takeTurn } from './turns.ts';

declare const bench: Bench;

interface BrowserTurn extends Answer {
  readonly longest: LongestTask;
  readonly peakBytes: number | null;
}

/** A sweep on a page that was just opened. */
async function sweepOnPage(page: Page, address: string, ks: readonly number[]): Promise<Answer> {
  const task = { ks, restarts: RESTARTS, seed: SEED };
  return page.evaluate((asked) => bench.sweep(asked), {
    points: new URL('points.f64', address).href,
    columns: COLUMNS,
    task,
  });
}

/** In a browser of its own, as each turn of the others is a process of its own. */
async function browserTurn(address: string, ks: readonly number[]): Promise<BrowserTurn> {
  const server = await chromium.launchServer({
    executablePath: findChromium(),
    args: ['--headless', '--no-sandbox', '--disable-gpu'],
  });
  const browser = await chromium.connect(server.wsEndpoint());
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(0);
    await page.goto(address);
    const watched = await watchMainThread(browser, page);
    await mark(page, 'started');
    const answer = await sweepOnPage(page, address, ks);
    await mark(page, 'ended');
    const { pid } = server.process();
    const peakBytes = pid === undefined ? null : (sampleTree(pid)?.peakBytes ?? null);
    return { ...answer, longest: longestTask(await watched.stop(), 'started', 'ended'), peakBytes };
  } finally {
    await browser.close();
    await server.close();
  }
}

function requireSame(node: readonly number[], browser: Answer): void {
  if (!browser.sharesMemory) throw new Error('The page was not isolated: no shared memory.');
  if (JSON.stringify(node) === JSON.stringify(browser.inertias)) return;
  throw new Error('Chromium found other clusters than Node.');
}

/** The product's sweep in Chromium, on Web Workers, beside the same in Node. */
export async function inBrowser(
  rows: number,
  ks: readonly number[],
  rounds: number,
): Promise<Part> {
  const path = await blobFile(rows);
  const name = `sweep, ${rows} rows, in Chromium`;
  const turns = await inScratch(async (folder) => {
    const script = join(import.meta.dirname, 'page', 'page.ts');
    await buildPage({ script, folder });
    copyFileSync(path, join(folder, 'points.f64'));
    await using served = await servePage(folder);
    return await bestOfRounds(name, rounds, {
      node: () => takeTurn(strataSide('sweep', path, ks.join(','), RESTARTS, SEED), fits),
      chromium: () => browserTurn(served.address, ks),
    });
  });
  const { node, chromium: browser } = turns;
  requireSame(node.result.inertias, browser);
  const megabytes = browser.peakBytes === null ? null : Math.round(browser.peakBytes / 1e6);
  return {
    comparisons: [
      {
        work: name,
        peer: 'Strata in Node',
        speed: node.seconds / browser.seconds,
        wholeProcess: null,
        cpu: null,
        memory: null,
        ourMegabytes: megabytes,
        aim: '',
      },
    ],
    notes: [[`${name}: longest task of the page's main thread`, inWords(browser.longest)]],
    figures: {
      'browser seconds': browser.seconds,
      'browser seconds, node': node.seconds,
      'browser threads': browser.threads,
      'browser longest task (ms)': browser.longest.wall,
      'browser longest task (ms of CPU time)': browser.longest.cpu,
    },
  };
}
