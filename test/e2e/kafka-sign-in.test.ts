import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { JobInput } from '../../pipeline/contract/schemas.ts';
import { servedHost, type ServedHost } from '../helpers/served-host.ts';
import { chromiumPath, launchChromium, openPage } from './browser-page.ts';

const root = join(import.meta.dirname, '../..');

interface Opened {
  readonly served: ServedHost;
  readonly page: Page;
  readonly complaints: string[];
  readonly jobs: JobInput[];
}

describe.skipIf(chromiumPath() === null)('signing in to Kafka, on the page', () => {
  let browser: Browser;

  beforeAll(async () => {
    // Vitest's own NODE_ENV would make it a page for development.
    const env = { ...process.env, NODE_ENV: 'production' };
    await promisify(execFile)(process.execPath, [join(root, 'scripts/build.mjs')], { env });
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  /** The page on a host with a keychain of the test, at the form for a topic. */
  async function opened(scheme: 'light' | 'dark' = 'light'): Promise<Opened> {
    const served = await servedHost({ staticDirectory: join(root, 'dist/renderer') });
    onTestFinished(() => served.close());
    const jobs: JobInput[] = [];
    const { workbench } = served.host;
    workbench.runJob = (input) => {
      jobs.push(input as JobInput);
      return Promise.resolve('Nothing was new.');
    };
    const { page, complaints } = await openPage(browser, scheme);
    await page.goto(`${served.url}#token=${served.token}`);
    await page.getByRole('tab', { name: 'Kafka' }).click();
    await page.getByLabel('Brokers').fill('b:2, a:1');
    await page.getByRole('textbox', { name: 'Topic' }).fill('orders');
    await page.getByRole('combobox', { name: 'Preset' }).click();
    await page.getByRole('option', { name: 'bank' }).click();
    return { served, page, complaints, jobs };
  }

  async function signInAs(page: Page, mechanism: RegExp): Promise<void> {
    await page.getByRole('combobox', { name: 'Sign in as' }).click();
    await page.getByRole('option', { name: mechanism }).click();
    await page.getByRole('textbox', { name: 'User' }).fill('alice');
  }

  const password = (page: Page) => page.getByLabel('Password', { exact: true });
  const keepIt = (page: Page) => page.getByRole('checkbox', { name: /keep the password/i });
  const start = (page: Page) => page.getByRole('button', { name: 'Read the topic' });
  /** What a screen reader says of a field besides its name. */
  const describedBy = (field: Locator): Promise<string> =>
    field.evaluate((element) =>
      (element.getAttribute('aria-describedby') ?? '')
        .split(' ')
        .map((id) => document.getElementById(id)?.textContent ?? '')
        .join(' '),
    );
  const shoot = async (page: Page, name: string): Promise<void> => {
    const folder = process.env['STRATA_SCREENSHOTS'];
    if (folder === undefined) return;
    await page.getByTestId('run-panel').screenshot({ path: join(folder, `sign-in-${name}.png`) });
  };
  const asked = { kind: 'ingest-kafka', brokers: ['b:2', 'a:1'], topic: 'orders', preset: 'bank' };
  const alice = { mechanism: 'scram-sha-512', username: 'alice' };

  test('a password is typed, kept on request, used when it is kept, and forgotten, all by keyboard', async () => {
    const { served, page, complaints, jobs } = await opened();
    const { values } = served.host.secrets;
    await page.getByRole('switch', { name: 'Encrypted connection (TLS)' }).press('Space');
    await signInAs(page, /SCRAM-SHA-512/);
    expect(await start(page).isDisabled()).toBe(true);
    expect(await password(page).getAttribute('type')).toBe('password');
    expect(await password(page).getAttribute('autocomplete')).toBe('off');
    await password(page).fill('typed once');
    await shoot(page, 'typed');
    await password(page).press('Enter');
    await expect.poll(() => jobs).toHaveLength(1);
    const typed = { ...alice, password: { kind: 'typed', value: 'typed once' } };
    expect(jobs[0]).toEqual({ ...asked, from: 'earliest', ssl: true, sasl: typed });
    expect(values.size).toBe(0);

    await keepIt(page).press('Space');
    await start(page).press('Enter');
    await page.getByTestId('kept-password').waitFor();
    await expect.poll(() => jobs).toHaveLength(2);
    expect(jobs[1]).toMatchObject({ sasl: { ...alice, password: { kind: 'kept' } } });
    expect([...values]).toEqual([['kafka+tls+scram-sha-512://alice@a:1,b:2', 'typed once']]);
    await shoot(page, 'kept');

    // Another user has none; the kept one is there again for the first.
    await page.getByRole('textbox', { name: 'User' }).fill('bob');
    expect(await password(page).inputValue()).toBe('');
    await page.getByRole('textbox', { name: 'User' }).fill('alice');
    await page.getByRole('button', { name: 'Type another' }).press('Enter');
    await expect
      .poll(() => password(page).evaluate((field) => field === document.activeElement))
      .toBe(true);
    await shoot(page, 'passed-over');
    await page.getByRole('button', { name: 'Use the kept one' }).press('Enter');
    await page.getByRole('button', { name: 'Forget it' }).press('Enter');
    await password(page).waitFor();
    expect(values.size).toBe(0);
    expect(complaints).toEqual([]);
  });

  test('a kept password that can no longer be read is to be typed again', async () => {
    const { served, page } = await opened('dark');
    const { values, unreadable } = served.host.secrets;
    values.set('kafka+plain-text+scram-sha-256://alice@a:1,b:2', 'x');
    unreadable.add('kafka+plain-text+scram-sha-256://alice@a:1,b:2');
    await signInAs(page, /SCRAM-SHA-256/);
    await page.getByText('can no longer be read here').waitFor();
    expect(await describedBy(password(page))).toContain('can no longer be read here');
    await shoot(page, 'unreadable-dark');
    await page.getByRole('button', { name: 'Forget it' }).click();
    await page.getByText('can no longer be read here').waitFor({ state: 'detached' });
    expect(values.size).toBe(0);
  });

  test('where nothing can be kept the box is off and says why, and what was typed still goes', async () => {
    const { served, page, jobs } = await opened('dark');
    served.host.secrets.problem = 'no keyring is at work in this session.';
    await signInAs(page, /PLAIN/);
    await page.getByText('Not possible here: no keyring is at work in this session.').waitFor();
    expect(await keepIt(page).isDisabled()).toBe(true);
    expect(await describedBy(keepIt(page))).toContain('no keyring');
    await page.getByText('crosses the network as it is typed').waitFor();
    await password(page).fill('typed');
    await shoot(page, 'impossible-dark');
    await start(page).click();
    await expect.poll(() => jobs).toHaveLength(1);
    expect(jobs[0]).toMatchObject({ sasl: { password: { kind: 'typed', value: 'typed' } } });
  });

  test('a password that could not be kept is told, and no job starts without it', async () => {
    const { served, page, jobs } = await opened();
    await signInAs(page, /SCRAM-SHA-512/);
    await password(page).fill('typed');
    await keepIt(page).check();
    served.host.secrets.problem = 'it was just locked.';
    await start(page).click();
    const alert = page.getByRole('group', { name: 'Sign in' }).getByRole('alert');
    await alert.getByText('it was just locked').waitFor();
    expect(await alert.innerText()).toContain('KEYCHAIN_MISSING');
    expect(await password(page).inputValue()).toBe('typed');
    await shoot(page, 'not-kept');
    expect(jobs).toEqual([]);
    // The box is off by now, and the same password goes without being kept.
    expect(await keepIt(page).isDisabled()).toBe(true);
    await start(page).click();
    await expect.poll(() => jobs).toHaveLength(1);
    expect(jobs[0]).toMatchObject({ sasl: { password: { kind: 'typed', value: 'typed' } } });
  });
});
