import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openScriptRunner } from '../../../pipeline/notebooks/script/node/open-script-runner.ts';
import { buildPage, type ServedPage, servePage } from '../../../scripts/isolated-page.mjs';
import { chromiumPath, launchChromium, openPage } from '../../e2e/browser-page.ts';
import type { Asked } from './browser-page.ts';
import { outcome, scripts } from './script-cases.ts';

declare const asked: Asked;

describe.skipIf(chromiumPath() === null)('scripts in a worker of a page, in Chromium', () => {
  let browser: Browser;
  let folder: string;
  let served: ServedPage;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'strata-scripts-'));
    await buildPage({ script: join(import.meta.dirname, 'browser-page.ts'), folder });
    [browser, served] = await Promise.all([launchChromium(), servePage(folder)]);
  });

  afterAll(async () => {
    await browser?.close();
    await served?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  test('give what threads of Node give', async () => {
    const { page, complaints } = await openPage(browser);
    await page.goto(served.address);
    const runner = openScriptRunner();
    const inNode: string[] = [];
    for (const code of scripts) inNode.push(await outcome(runner, code));
    await runner.close();
    expect(await page.evaluate(() => asked.outcomes())).toEqual(inNode);
    expect(complaints).toEqual([]);
  });

  test('are stopped, and say that there is no TypeScript', async () => {
    const { page } = await openPage(browser);
    await page.goto(served.address);
    const [endless, typed, next] = await page.evaluate(() => asked.refusals());
    expect(endless).toBe('SCRIPT_LIMIT: The script was stopped: it takes more than 1 s.');
    expect(typed).toBe(
      'SCRIPT_FAILED: The script failed: TypeScript cannot be run here, only JavaScript.',
    );
    expect(next).toMatch('"2"');
  });
});
