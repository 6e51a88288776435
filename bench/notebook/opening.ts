import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { measure } from '../measure.ts';
import { inScratch } from '../places.ts';
import { say } from '../report.ts';
import type { Part } from '../segmentation/comparison.ts';
import { strata } from '../strata.ts';
import { onPage } from './on-page.ts';
import { inMs } from './spread.ts';
import { shopWorkspace } from './workspaces.ts';
import { reportCells, written } from './written.ts';

interface Opened {
  /** All cells are on the page, and those on the screen show their outputs. */
  readonly cells: number;
  /** The charts of those on the screen are drawn as well. */
  readonly charts: number;
}

/** Milliseconds from the click, looked at once a frame. */
async function clickAndWatch(page: Page, count: number): Promise<Opened> {
  const link = page.locator('a[href$="bench-report.ipynb"]');
  await link.waitFor();
  const watched = page.evaluate(async (count) => {
    const began = await new Promise<number>((resolve) => {
      addEventListener('click', () => resolve(performance.now()), { capture: true, once: true });
    });
    const until = async (isThere: () => boolean): Promise<number> => {
      let over = false;
      while (!over) {
        over = isThere();
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
      return performance.now() - began;
    };
    const bottom = innerHeight;
    const shown = (selector: string): Element[] =>
      [...document.querySelectorAll(`[data-cell]${selector}`)].filter(
        (element) => element.getBoundingClientRect().top < bottom,
      );
    const cells = await until(
      () =>
        document.querySelectorAll('[data-cell]').length === count &&
        shown('[data-type="code"]').every(
          (one) => one.querySelector('table, [data-testid="notebook-figure"]') !== null,
        ),
    );
    const charts = await until(() =>
      shown('[data-kind="chart"]').every(
        (one) => one.querySelector('[data-painted="true"]') !== null,
      ),
    );
    return { cells, charts };
  }, count);
  await link.click();
  return watched;
}

/** A long notebook with its outputs, from the click in the list; the host has not read it before. */
export async function onOpening(count: number, rounds: number): Promise<Part> {
  const workspace = await shopWorkspace();
  await inScratch(async (folder) => {
    const plain = join(folder, 'plain.ipynb');
    writeFileSync(plain, written(reportCells(count), 'bench-report'));
    mkdirSync(join(workspace, 'notebooks'), { recursive: true });
    const out = join(workspace, 'notebooks', 'bench-report.ipynb');
    await measure(strata('notebook', 'run', plain, '--workspace', workspace, '--out', out));
  });
  const opened: Opened[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    say(`opening ${count} cells: round ${round} of ${rounds}`);
    opened.push(await onPage(workspace, (page) => clickAndWatch(page, count)));
  }
  const cells = Math.min(...opened.map((one) => one.cells));
  const charts = Math.min(...opened.map((one) => one.charts));
  const name = `opening ${count} cells`;
  return {
    comparisons: [],
    notes: [
      [`${name}: click to all cells there, the first with their outputs`, inMs(cells)],
      [`${name}: click to the first charts drawn (aim: under 500 ms)`, inMs(charts)],
    ],
    figures: { 'open cells (ms)': cells, 'open charts (ms)': charts },
  };
}
