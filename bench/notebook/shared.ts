import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { measure } from '../measure.ts';
import { inScratch, root } from '../places.ts';
import { say } from '../report.ts';
import type { Part } from '../segmentation/comparison.ts';
import { strata } from '../strata.ts';
import { launch, newPage } from './on-page.ts';
import { shopWorkspace } from './workspaces.ts';

const MEGABYTE = 1e6;
const NOTEBOOK = join(root, 'notebooks', '04-kpi-review.ipynb');

/** Seconds from going to the file, in a browser that has not seen it, until its engine runs cells. */
async function untilLive(browser: Browser, path: string): Promise<number> {
  const page = await newPage(browser);
  await page.context().setOffline(true);
  const began = performance.now();
  await page.goto(pathToFileURL(path).href, { waitUntil: 'commit' });
  await page.locator('[data-testid="engine"][data-kind="live"]').waitFor();
  const seconds = (performance.now() - began) / 1000;
  await page.close();
  return seconds;
}

/** The shared page of the KPI notebook: its size, and how soon it is live from a double click. */
export async function onShared(rounds: number): Promise<Part> {
  if (!existsSync(join(root, 'dist', 'reader', 'template.html'))) {
    const why = 'left out: the page of shared notebooks is not built ("npm run build")';
    return { comparisons: [], notes: [['shared page', why]], figures: {} };
  }
  const workspace = await shopWorkspace();
  return inScratch(async (folder) => {
    const out = join(folder, 'kpis.html');
    say('exporting the KPI notebook');
    const format = ['--format', 'html', '--out', out, '--workspace', workspace];
    await measure(strata('notebook', 'export', NOTEBOOK, ...format));
    const megabytes = statSync(out).size / MEGABYTE;
    const times: number[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      say(`shared page: round ${round} of ${rounds}`);
      const browser = await launch();
      try {
        times.push(await untilLive(browser, out));
      } finally {
        await browser.close();
      }
    }
    const seconds = Math.min(...times);
    return {
      comparisons: [],
      notes: [
        ['shared page of the KPI notebook: size (aim: under 16 MB)', `${megabytes.toFixed(1)} MB`],
        ['shared page: file to live engine (aim: under 4 s)', `${seconds.toFixed(1)} s`],
      ],
      figures: { 'shared size (MB)': megabytes, 'shared live (s)': seconds },
    };
  });
}
