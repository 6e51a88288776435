import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Part } from '../segmentation/comparison.ts';
import { say } from '../report.ts';
import { drag, layHand, stepOneByOne } from './hand.ts';
import { onPage } from './on-page.ts';
import { inMs, percentile } from './spread.ts';
import { bankWorkspace } from './workspaces.ts';
import { slider, sliderCells, written } from './written.ts';

const WARM_UP = 5;
/** Values that jump about, none of them twice in a row. */
function jumping(count: number): number[] {
  return Array.from({ length: count }, (_, at) => (((at + 1) * 37) % slider.max) + 1);
}

function sliding(count: number): number[] {
  return Array.from({ length: count }, (_, at) => 20 + 3 * at);
}

async function openAndTrust(page: Page): Promise<void> {
  await page.locator('a[href$="bench-slider.ipynb"]').click();
  const trust = page.getByRole('button', { name: /^Trust/ });
  const chart = page.locator('[data-testid="notebook-figure"][data-painted="true"]');
  await page.locator('[data-cell]').first().waitFor();
  // The second time it is known.
  if (await trust.isVisible()) await trust.click();
  else await page.getByRole('button', { name: 'Run all' }).click();
  await chart.waitFor();
  await page.locator('[data-kind="chart"][data-status="done"]').waitFor();
}

/** A slider, what a million rows come to at its value, and their chart, as the page has them. */
export async function onSlider(rows: number, steps: number): Promise<Part> {
  const workspace = await bankWorkspace(rows);
  mkdirSync(join(workspace, 'notebooks'), { recursive: true });
  const file = join(workspace, 'notebooks', 'bench-slider.ipynb');
  writeFileSync(file, written(sliderCells, 'bench-slider'));
  say(`slider over ${rows} rows: ${steps} steps`);
  const { times, dragged } = await onPage(workspace, async (page) => {
    await openAndTrust(page);
    await layHand(page);
    const times = await stepOneByOne(page, jumping(WARM_UP + steps));
    await page.waitForTimeout(1000);
    return { times: times.slice(WARM_UP), dragged: await drag(page, sliding(100)) };
  });
  const [p50, p95] = [percentile(times, 0.5), percentile(times, 0.95)];
  const name = `slider over ${rows} rows`;
  return {
    comparisons: [],
    notes: [
      [`${name}: input event to redrawn chart, median`, inMs(p50)],
      [`${name}: the same, 95 of 100 (aim: under 50 ms)`, inMs(p95)],
      [`${name}, dragged without a rest: charts drawn meanwhile`, String(dragged.redraws)],
      [`${name}, dragged: longest time without a new one`, inMs(dragged.longestGap)],
      [`${name}, dragged: last event to its chart`, inMs(dragged.last)],
    ],
    figures: {
      'slider p50 (ms)': p50,
      'slider p95 (ms)': p95,
      'slider dragged, redraws': dragged.redraws,
      'slider dragged, longest gap (ms)': dragged.longestGap,
      'slider dragged, last (ms)': dragged.last,
    },
  };
}
