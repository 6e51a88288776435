import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStatisticsPool } from '../../pipeline/work/node/statistics-pool.ts';
import { buildPage, type ServedPage, servePage } from '../../scripts/isolated-page.mjs';
import { chromiumPath, launchChromium, openPage } from '../e2e/browser-page.ts';
import { clusterings, sweptText } from './browser-clustering.ts';
import type { Asked } from './browser-page.ts';

declare const asked: Asked;

describe.skipIf(chromiumPath() === null)('workers of a page, in Chromium', () => {
  let browser: Browser;
  let folder: string;
  let served: ServedPage;
  let inNode: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'strata-page-'));
    await buildPage({ script: join(import.meta.dirname, 'browser-page.ts'), folder });
    [browser, served] = await Promise.all([launchChromium(), servePage(folder)]);
    const pool = openStatisticsPool(2);
    inNode = await clusterings(pool);
    pool.close();
  });

  afterAll(async () => {
    await browser?.close();
    await served?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  test('give the same bits as threads of Node, however many there are', async () => {
    const { page, complaints } = await openPage(browser);
    await page.goto(served.address);
    expect(await page.evaluate(() => asked.sharesMemory)).toBe(true);
    for (const threads of [1, 3]) {
      const found = await page.evaluate((count) => asked.clusterings(count), threads);
      // A difference would be 20 KB of numbers.
      expect(found === inNode).toBe(true);
    }
    expect(complaints).toEqual([]);
  });

  test('give the same bits of a whole sweep, its silhouettes and its stability', async () => {
    const pool = openStatisticsPool(2);
    const wanted = await sweptText(pool);
    pool.close();
    const { page, complaints } = await openPage(browser);
    await page.goto(served.address);
    const found = await page.evaluate(() => asked.sweep(2));
    expect(JSON.parse(wanted)).toHaveLength(3);
    expect(found === wanted).toBe(true);
    expect(complaints).toEqual([]);
  });

  test('stop within a running task when they are cancelled, and serve the next call', async () => {
    const { page, complaints } = await openPage(browser);
    await page.goto(served.address);
    const { code, after } = await page.evaluate(() => asked.afterCancelling());
    expect({ code, same: after === inNode }).toEqual({ code: 'CANCELLED', same: true });
    expect(complaints).toEqual([]);
  });
});
