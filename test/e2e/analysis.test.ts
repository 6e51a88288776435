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
    await page.getByRole('button', { name: /^Try k = 2 to 10/ }).click();
    await page.getByTestId('recommended-k').waitFor();
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
    await page.getByLabel('Name of cluster 1').fill('Stars');
    await page.getByRole('button', { name: 'Use these 3 segments' }).click();
    await page.getByTestId('accepted').waitFor();

    await show(page, 'Segments');
    await page.getByTestId('model-line').getByText('Model 2').waitFor();
    await page.getByText('Stars', { exact: true }).first().waitFor();
    expect(
      await page.locator('[data-testid^="segment-"][data-testid$="1"]').count(),
    ).toBeGreaterThan(0);
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
      .getByRole('button', { name: /^(Platinum|Gold|Silver|Bronze|Stars)$/ })
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

  test.each(['light', 'dark'] as const)('axe finds nothing in any view, %s', async (scheme) => {
    const { page } = await open('Overview', scheme);
    const found: string[] = [];
    for (const view of views) {
      await show(page, view);
      await page.locator('main').getByRole('heading').first().waitFor();
      await page.waitForLoadState('networkidle');
      for (const one of await axeFindings(page)) found.push(`${view}: ${one}`);
    }
    expect(found).toEqual([]);
  });
});
