import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeFindings } from './axe.ts';
import { chromiumPath, launchChromium, openPage } from './browser-page.ts';
import { startWorkbench, type StartedWorkbench } from './workbench-server.ts';

const views = ['Overview', 'Features', 'Tuning', 'Segments', 'KPIs', 'Value', 'Tables'] as const;

describe.skipIf(chromiumPath() === null)('from features to segments, on the real host', () => {
  let browser: Browser;
  let workbench: StartedWorkbench;

  beforeAll(async () => {
    [browser, workbench] = await Promise.all([launchChromium(), startWorkbench()]);
  });

  afterAll(async () => {
    await browser?.close();
    await workbench?.[Symbol.asyncDispose]();
  });

  async function open(
    view: (typeof views)[number],
    scheme: 'light' | 'dark' = 'light',
  ): Promise<{ page: Page; complaints: string[] }> {
    const watched = await openPage(browser, scheme);
    await watched.page.goto(workbench.address);
    await show(watched.page, view);
    return watched;
  }

  const show = (page: Page, view: (typeof views)[number]): Promise<void> =>
    page.getByRole('link', { name: view, exact: true }).first().click();

  test('the page is built for production, even by a test runner', async () => {
    const assets = join(import.meta.dirname, '..', '..', 'dist', 'renderer', 'assets');
    const scripts = (await readdir(assets)).filter((name) => name.endsWith('.js'));
    expect(scripts.length).toBeGreaterThan(0);
    const texts = await Promise.all(scripts.map((name) => readFile(join(assets, name), 'utf8')));
    // Only React as it is developed with says that.
    expect(texts.filter((text) => text.includes('Download the React DevTools'))).toEqual([]);
  });

  test('income as it is takes over the distances, is said to, and a recipe is kept by name', async () => {
    const { page, complaints } = await open('Features');
    await page.getByRole('checkbox', { name: /^Income/ }).check();
    await page.getByTestId('feature-income').waitFor();
    const setting = (group: RegExp, value: string): Promise<void> =>
      page.getByRole('radiogroup', { name: group }).getByText(value, { exact: true }).click();
    await setting(/^Transform/, 'None');
    await setting(/^Scale/, 'None');
    await page
      .getByText(/Income makes up .* of the distances: standardise it/)
      .first()
      .waitFor();
    await setting(/^Transform/, 'Log');
    await setting(/^Scale/, 'Standard');
    await page
      .getByText(/makes up .* of the distances/)
      .first()
      .waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Save as' }).click();
    await page.getByRole('textbox', { name: /name/i }).fill('With income');
    await page.keyboard.press('Enter');
    await page.getByText('Saved', { exact: true }).first().waitFor();
    await page.reload();
    await page.getByTestId('feature-income').waitFor();
    await expect
      .poll(() => page.getByLabel('Saved recipe').first().inputValue())
      .toBe('With income');
    expect(complaints).toEqual([]);
  });

  test('a sweep recommends a k, the slider shows others, and what is accepted becomes the segments', async () => {
    const { page, complaints } = await open('Tuning');
    await page.getByRole('button', { name: /^Try k = 2 to 10/ }).focus();
    await page.keyboard.press('Enter');
    await page.getByTestId('recommended-k').waitFor();
    const outcome = page.getByTestId('sweep-outcome');
    await outcome.getByText(/^Tried 9 numbers of segments/).waitFor();
    expect(await outcome.evaluate((node) => node === document.activeElement)).toBe(true);
    const recommended = Number(
      (await page.getByTestId('recommended-k').innerText()).match(/\d+/)?.[0],
    );
    const rows = page.getByTestId('cluster-list').locator('tbody tr');
    await expect.poll(() => rows.count()).toBeGreaterThanOrEqual(recommended);
    const slider = page.getByRole('slider');
    await slider.focus();
    await page.keyboard.press('Home');
    await expect.poll(() => slider.getAttribute('aria-valuetext')).toBe('2 segments');
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => slider.getAttribute('aria-valuetext')).toBe('3 segments');
    const use = page.getByRole('button', { name: 'Use these 3 segments' });
    await use.waitFor();
    await page.getByLabel('Name of cluster 1').fill('Stars');
    await use.click();
    await page.getByTestId('accepted').getByText('Model 2').waitFor();

    await show(page, 'Segments');
    await page.getByTestId('model-line').getByText('Model 2').waitFor();
    await page.getByText('Stars', { exact: true }).first().waitFor();
    expect(
      await page.locator('[data-testid^="segment-"][data-testid$="1"]').count(),
    ).toBeGreaterThan(0);
    expect(complaints).toEqual([]);
  });

  test('before a k is used it is told who becomes whom, at once for each k', async () => {
    const { page, complaints } = await open('Tuning');
    const slider = page.getByRole('slider');
    await slider.focus();
    await page.keyboard.press('Home');
    const told = page.getByTestId('succession');
    await told
      .getByText(/^Of [\d,]+ customers .* stay in their segment, .* move to another\./)
      .waitFor();
    expect(await told.locator('tbody tr').count()).toBe(2);
    await page.keyboard.press('End');
    await expect.poll(() => told.locator('tbody tr').count()).toBe(10);
    await told
      .getByText(/^new, id \d+$/)
      .first()
      .waitFor();
    expect(complaints).toEqual([]);
  });

  test('what is typed in the moment after k was slid is the name of a cluster of that k', async () => {
    const { page, complaints } = await open('Tuning');
    const slider = page.getByRole('slider');
    await slider.focus();
    await page.keyboard.press('Home');
    await page.getByRole('button', { name: 'Use these 2 segments' }).waitFor();
    // In the task of the key itself: what is drawn later has not been drawn yet.
    await page.evaluate(async () => {
      const thumb = document.querySelector('[role="slider"]');
      thumb?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }));
      await Promise.resolve();
      const field = document.querySelector<HTMLInputElement>('[aria-label="Name of cluster 2"]');
      // Past React's own setter, as typing goes.
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(
        field,
        'Typed at once',
      );
      field?.dispatchEvent(new Event('input', { bubbles: true }));
    });
    await page.getByRole('button', { name: 'Use these 3 segments' }).waitFor();
    const second = page.getByLabel('Name of cluster 2');
    await expect.poll(() => second.inputValue()).toBe('Typed at once');
    await slider.focus();
    await page.keyboard.press('Home');
    await page.getByRole('button', { name: 'Use these 2 segments' }).waitFor();
    expect(await second.inputValue()).toBe('');
    expect(complaints).toEqual([]);
  });

  test('a recipe that tuning refuses leads back to the features', async () => {
    const { page, complaints } = await open('Features');
    // Whoever bought once has no days between purchases, and this recipe demands some of everybody.
    await page.getByRole('checkbox', { name: /^Days between purchases/ }).check();
    await page.getByTestId('feature-interpurchase_days').waitFor();
    await page
      .getByRole('radiogroup', { name: /^Missing/ })
      .getByText('Refuse', { exact: true })
      .click();
    await show(page, 'Tuning');
    await page.getByRole('button', { name: /^Try k/ }).click();
    const outcome = page.getByTestId('sweep-outcome');
    await outcome.getByText('FEATURE_UNUSABLE').waitFor();
    await outcome.getByRole('link', { name: 'Change the features' }).click();
    await page.getByTestId('feature-interpurchase_days').waitFor();
    expect(complaints).toEqual([]);
  });

  test('a name that another segment has is refused before anything is kept, and mended where it was typed', async () => {
    const { page, complaints } = await open('Tuning');
    const slider = page.getByRole('slider');
    await slider.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    const use = page.getByRole('button', { name: 'Use these 3 segments' });
    await use.waitFor();
    await page.getByLabel('Name of cluster 2').fill('stars');
    await use.click();
    await page.getByTestId('accept').getByText('SEGMENT_NAME_TAKEN').waitFor();
    await page.getByLabel('Name of cluster 1').fill('Stars');
    await page.getByLabel('Name of cluster 2').fill('Steady');
    await use.focus();
    await page.keyboard.press('Enter');
    // The names come with the training, wherever one looks meanwhile.
    await show(page, 'Segments');
    await page.getByTestId('model-line').getByText('Model 3').waitFor();
    await page.getByText('Steady', { exact: true }).first().waitFor();
    expect(complaints).toEqual([]);
  });

  test('a customer is explained, and a segment gets another name', async () => {
    const { page, complaints } = await open('Segments');
    await page
      .getByLabel('Customer to explain')
      .locator('input')
      .or(page.getByLabel('Customer to explain'))
      .first()
      .waitFor();
    await page.getByPlaceholder('Customer id').fill('nobody-has-this');
    await page.keyboard.press('Enter');
    await page.getByText('CUSTOMER_UNKNOWN').first().waitFor();
    const example = page
      .getByRole('button', { name: /^(Platinum|Gold|Silver|Bronze|Stars|Steady)$/ })
      .first();
    await example.click();
    await page.getByTestId('explanation').waitFor();
    expect(await page.getByTestId('contributions').locator('tbody tr').count()).toBeGreaterThan(2);
    await page.getByTestId('changes').waitFor();
    await page
      .getByRole('button', { name: /^Rename / })
      .last()
      .click();
    await page.getByLabel(/^New name of /).fill('Sleepers');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Rename Sleepers' }).waitFor();
    expect(complaints).toEqual([]);
  });

  test('predicted CLV is fitted and checked on a hold-out', async () => {
    const { page, complaints } = await open('Value');
    await page.getByRole('button', { name: /^Fit/ }).click();
    await page.getByTestId('clv-total').waitFor();
    await page.getByText('Checked on a hold-out').waitFor();
    expect(complaints).toEqual([]);
  });

  /** What each view shows when it has its content, by the part of it that comes last. */
  const contents: Readonly<Record<(typeof views)[number], string>> = {
    Overview: '[data-testid="segment-scatter"]',
    Features: '[data-testid="feature-correlation"]',
    Tuning: '[data-testid="tuning-controls"]',
    Segments: '[data-testid="agreement"]',
    KPIs: '[data-testid="cohorts"]',
    Value: '[data-testid="clv-total"]',
    Tables: '[data-testid="table-panel"]',
  };

  test.each(['light', 'dark'] as const)('axe finds nothing in any view, %s', async (scheme) => {
    const { page } = await open('Overview', scheme);
    const found: string[] = [];
    const scan = async (state: string): Promise<void> => {
      await page.waitForLoadState('networkidle');
      for (const one of await axeFindings(page)) found.push(`${state}: ${one}`);
    };
    for (const view of views) {
      await show(page, view);
      await page.locator('main').getByRole('heading').first().waitFor();
      await page.locator(contents[view]).first().waitFor();
      await scan(view);
    }

    await show(page, 'Features');
    const transform = page.getByRole('radiogroup', { name: /^Transform/ });
    await transform.getByText('None', { exact: true }).click();
    await page.getByTestId('feature-findings').getByRole('listitem').first().waitFor();
    await page.getByTestId('feature-findings').getByRole('button').first().click();
    // While a report is on its way its rows are dimmed.
    await page.locator('table[aria-label="Chosen features"][aria-busy="false"]').waitFor();
    await page.waitForTimeout(400);
    await scan('Features with findings');

    await show(page, 'Segments');
    await page
      .getByRole('button', { name: /^Rename / })
      .first()
      .click();
    await scan('Segments, renaming');
    await page.getByLabel(/^New name of /).fill('');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').first().waitFor();
    await scan('Segments, a name refused');

    await show(page, 'Tuning');
    await page.getByTestId('compare').getByText('Saved models', { exact: true }).click();
    await page.getByTestId('compare').getByRole('table').first().waitFor();
    await scan('Tuning, two saved models');
    expect(found).toEqual([]);
  });
});
