import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, kpiCharts, launchChromium, openPage, painted } from './browser-page.ts';
import { startWorkbench, type StartedWorkbench } from './workbench-server.ts';

function wholeNumbers(text: string): number[] {
  return [...text.matchAll(/[\d,]+/g)].map(([digits]) => Number(digits.replaceAll(',', '')));
}

describe.skipIf(chromiumPath() === null)('the first screen, in Chromium, on the real host', () => {
  let browser: Browser;
  let workbench: StartedWorkbench;

  beforeAll(async () => {
    [browser, workbench] = await Promise.all([launchChromium(), startWorkbench()]);
  });

  afterAll(async () => {
    await browser?.close();
    await workbench?.[Symbol.asyncDispose]();
  });

  test('npm start leads to four painted KPI charts and a scatter without one complaint', async () => {
    const { page, complaints } = await openPage(browser);
    await page.goto(workbench.address);
    await painted(page, [...kpiCharts, 'segment-scatter']);
    for (const id of kpiCharts) {
      const chart = page.getByTestId(id);
      expect(await chart.locator('.barlayer .point').count()).toBe(4);
      expect(await chart.getAttribute('aria-label')).toContain('current values');
    }
    await page.getByText('By month', { exact: true }).first().click();
    await page.getByTestId('kpi-clv-growth').locator('.scatterlayer .trace').first().waitFor();
    expect(complaints).toEqual([]);
  });

  test('every record that was read is accounted for on the screen', async () => {
    const { page } = await openPage(browser);
    await page.goto(workbench.address);
    const line = page.getByTestId('conservation');
    await line.getByText('adds up').waitFor();
    const [read = 0, ...ends] = wholeNumbers(await line.innerText());
    expect(read).toBeGreaterThan(10_000);
    expect(ends).toHaveLength(4);
    expect(ends.reduce((sum, end) => sum + end, 0)).toBe(read);
  });

  test('the table of the KPIs holds the numbers of the charts', async () => {
    const { page } = await openPage(browser);
    await page.goto(workbench.address);
    await painted(page);
    const spoken = await page
      .getByTestId('kpi-card-aov')
      .locator('table tbody tr')
      .evaluateAll((rows) =>
        rows.map((row) => [...row.children].map((cell) => cell.textContent ?? '')),
      );
    await page
      .getByTestId('layer-gold')
      .getByRole('button', { name: /^segment_kpis\s*[\d,]+$/ })
      .click();
    const rows = page.getByRole('table', { name: 'gold.segment_kpis' }).locator('tbody tr');
    await rows.first().waitFor();
    const cells = await rows.evaluateAll((rows) =>
      rows.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent ?? '')),
    );
    const aov = page.getByRole('columnheader', { name: /^aov/ });
    const at = (await aov.evaluate((header) => (header as HTMLTableCellElement).cellIndex)) - 1;
    expect(spoken).toHaveLength(5);
    for (const [name, value] of spoken) {
      const row = cells.find((known) => (known[1] === 'NULL' ? 'All segments' : known[1]) === name);
      expect(Number(value?.replaceAll(',', ''))).toBeCloseTo(Number(row?.[at]), 2);
    }
  });

  test('a reason of quarantine leads to the quarantined records', async () => {
    const { page } = await openPage(browser);
    await page.goto(workbench.address);
    await page.getByTestId('quarantine').getByRole('button').first().click();
    const table = page.getByRole('table', { name: 'ops.quarantine' });
    await table.locator('tbody tr').first().waitFor();
    expect(await table.getByRole('columnheader', { name: /^reason/ }).count()).toBe(1);
  });

  test('each view has its address: links, back and reload lead there, and the draft stays', async () => {
    const { page, complaints } = await openPage(browser);
    await page.goto(workbench.address);
    await painted(page);
    const views = page.getByRole('navigation', { name: 'Views' });
    const current = () => views.locator('[aria-current=page]').innerText();
    await views.getByRole('link', { name: 'Features' }).focus();
    await page.keyboard.press('Enter');
    await page.getByTestId('feature-frequency').getByRole('img').first().waitFor();
    await page.getByTestId('recipe').getByText('Robust', { exact: true }).click();
    await views.getByRole('link', { name: 'Tables' }).click();
    await page.getByTestId('table-panel').waitFor();
    await page.goBack();
    await page.getByTestId('features-panel').waitFor();
    await page.reload();
    await page.getByTestId('feature-frequency').getByText('Robust', { exact: true }).waitFor();
    expect([await current(), new URL(page.url()).hash]).toEqual(['Features', '#features']);
    await page.goBack();
    await painted(page);
    expect([await current(), new URL(page.url()).hash]).toEqual(['Overview', '']);
    expect(complaints).toEqual([]);
  });

  test('a recipe that lets one feature take over the distances says so, and is saved under a name', async () => {
    const { page, complaints } = await openPage(browser);
    await page.goto(workbench.address);
    await page.getByRole('link', { name: 'Features' }).click();
    const recipe = page.getByTestId('recipe');
    await recipe.getByRole('radiogroup', { name: 'Transform' }).getByText('None').click();
    await recipe.getByRole('radiogroup', { name: 'Scale' }).getByText('None').click();
    const monetary = page.getByTestId('feature-monetary');
    await monetary.locator('[data-dominates=true]').waitFor();
    await page.getByTestId('feature-findings').getByRole('button').first().click();
    await page.locator('tr[data-marked=true]').first().waitFor();
    await recipe.getByRole('button', { name: 'Save as' }).click();
    await page.getByLabel('Name of the recipe').fill('Unscaled');
    await page.keyboard.press('Enter');
    await recipe.getByText('Saved', { exact: true }).waitFor();
    await recipe.getByRole('radiogroup', { name: 'Scale' }).getByText('Standard').click();
    await recipe.getByText('Unsaved changes').waitFor();
    await monetary.locator('[data-dominates=false]').waitFor();
    await recipe.getByRole('button', { name: 'Revert' }).click();
    await recipe.getByText('Saved', { exact: true }).waitFor();
    await recipe.getByRole('button', { name: 'Delete Unscaled' }).click();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await recipe.getByText('Not saved').waitFor();
    expect(complaints).toEqual([]);
  });

  test('the token leaves the address bar and a reload still works; without one the page says what to open', async () => {
    const { page } = await openPage(browser);
    await page.goto(workbench.address);
    await painted(page);
    expect(page.url()).toBe(new URL('/', workbench.address).href);
    await page.reload();
    await painted(page);
    const stranger = await openPage(browser);
    await stranger.page.goto(new URL('/#token=wrong', workbench.address).href);
    const refusal = stranger.page.getByTestId('unauthorised');
    await refusal.waitFor();
    expect(await refusal.innerText()).toContain('Open the address that the terminal printed');
  });

  test('the dark scheme reaches the page and the charts, from the system and by hand', async () => {
    const { page, complaints } = await openPage(browser, 'dark');
    await page.goto(workbench.address);
    await painted(page);
    const ink = () =>
      page
        .getByTestId('kpi-aov')
        .locator('.ytick text')
        .first()
        .evaluate((text) => getComputedStyle(text).fill);
    const page0 = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const dark = [await ink(), await page0()];
    await page.getByTitle('Light').click();
    await expect.poll(ink).not.toBe(dark[0]);
    expect(await page0()).not.toBe(dark[1]);
    expect(dark).toEqual(['rgb(232, 236, 240)', 'rgb(17, 21, 26)']);
    expect(complaints).toEqual([]);
  });

  test('a file that is not there gives its code and the next step, and the page goes on', async () => {
    const { page, complaints } = await openPage(browser);
    await page.goto(workbench.address);
    await page.getByRole('tab', { name: 'File' }).click();
    await page.getByLabel('Or a path on this machine').fill('/no/such/file.csv');
    await page.getByRole('combobox', { name: 'Preset' }).click();
    await page.getByRole('option', { name: 'orders' }).click();
    await page.getByRole('button', { name: 'Ingest the file' }).click();
    const error = page.getByTestId('job').getByTestId('error-state');
    await error.waitFor();
    const words = await error.innerText();
    expect(words).toContain('There is no file /no/such/file.csv.');
    expect(words).toContain('FILE_NOT_FOUND');
    expect(words).toContain('Check the path');
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await error.waitFor({ state: 'detached' });
    await painted(page);
    expect(complaints).toEqual([]);
  });

  test('an uploaded file is read to the last record, good or bad, and the counts on the page follow', async () => {
    const { page, complaints } = await openPage(browser);
    await page.goto(workbench.address);
    await painted(page);
    const counts = async () => wholeNumbers(await page.getByTestId('conservation').innerText());
    const [read = 0, accepted = 0, duplicate = 0, quarantined = 0, ignored = 0] = await counts();
    const csv = [
      'order_id,customer_id,order_ts,amount,category,currency',
      'up-1,c-up-1,2025-06-01T10:00:00Z,12.50,grocery,EUR',
      'up-2,c-up-1,2025-06-02T10:00:00Z,not money,grocery,EUR',
    ].join('\n');
    await page.getByRole('tab', { name: 'File' }).click();
    await page
      .getByLabel(/Drop a file here/)
      .setInputFiles({ name: 'up.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
    await page.getByRole('combobox', { name: 'Preset' }).click();
    await page.getByRole('option', { name: 'orders' }).click();
    await page.getByRole('button', { name: 'Ingest the file' }).click();
    await expect
      .poll(counts, { timeout: 60_000 })
      .toEqual([read + 2, accepted + 1, duplicate, quarantined + 1, ignored]);
    await page.getByTestId('job').getByRole('button', { name: 'Dismiss' }).click();
    expect(complaints).toEqual([]);
  });

  test('a job goes on over a reload of the page, is shown again, and can be cancelled', async () => {
    const { page, complaints } = await openPage(browser);
    await page.goto(workbench.address);
    await page.getByLabel('Customers', { exact: true }).fill('60000');
    await page.getByLabel('Seed', { exact: true }).fill('7');
    await page.getByRole('button', { name: 'Run the demo' }).click();
    const job = page.getByTestId('job');
    await job.getByRole('button', { name: 'Cancel' }).waitFor();
    await page.getByTestId('job-steps').locator('li').first().waitFor();
    const title = await job.getByRole('heading').innerText();
    await page.reload();
    await job.getByRole('button', { name: 'Cancel' }).waitFor();
    await page.getByTestId('job-steps').locator('li').first().waitFor();
    expect(await job.getByRole('heading').innerText()).toBe(title);
    expect(await page.getByRole('button', { name: 'Run the demo' }).isDisabled()).toBe(true);
    await job.getByRole('button', { name: 'Cancel' }).click();
    await job.getByText('What had not been committed was rolled back').waitFor();
    await painted(page);
    expect(complaints).toEqual([]);
  });

  // The last: it ends the host.
  test('a host that goes away is announced, and what was on the page stays', async () => {
    const { page } = await openPage(browser);
    await page.goto(workbench.address);
    await painted(page);
    await workbench.stop();
    await page.getByTestId('connection-lost').waitFor();
    await painted(page);
    expect(await page.getByRole('button', { name: 'Run the demo' }).isDisabled()).toBe(true);
  });
});
