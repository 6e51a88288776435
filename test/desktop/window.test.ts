import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronApplication, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kpiCharts, painted } from '../e2e/browser-page.ts';
import { filesHolding } from '../helpers/files-holding.ts';
import {
  builtDesktop,
  closeScreen,
  electronPath,
  generation,
  profile,
  startAgain,
  startDesktop,
} from './desktop-app.ts';
import { askSpelling } from './ask-spelling.ts';
import { fakeKeychain, fillTopic, keepIt } from './sign-in-form.ts';

/** The processes that hold a workspace open: Electron's own, or plain Nodes where it has none for that. */
async function hostProcesses(app: ElectronApplication, workspace: string): Promise<number[]> {
  if (generation === 'current') {
    const metrics = await app.evaluate(({ app: electron }) => electron.getAppMetrics());
    return metrics.filter(({ name }) => name === 'Strata host').map(({ pid }) => pid);
  }
  const listed = execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' });
  return listed
    .split('\n')
    .filter((line) => line.includes('host-process') && line.split(' ').includes(workspace))
    .map((line) => Number(line.trim().split(' ')[0]));
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const windowCount = (app: ElectronApplication): Promise<number> =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 60_000;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error('it never came to that');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function answerWith(app: ElectronApplication, response: number): Promise<void> {
  await app.evaluate(({ dialog }, answer) => {
    const asked: string[] = [];
    Object.assign(globalThis, { asked });
    Object.assign(dialog, {
      showMessageBox: async (...args: { message?: string }[]) => {
        asked.push(args.at(-1)?.message ?? '');
        return { response: answer };
      },
    });
  }, response);
}

const CANARY = 'canary-of-a-typed-password';

const askedOf = (app: ElectronApplication): Promise<string[]> =>
  app.evaluate(() => (globalThis as { asked?: string[] }).asked ?? []);

async function startBigDemo(page: Page): Promise<void> {
  await page.getByLabel('Customers', { exact: true }).fill('60000');
  await page.getByRole('button', { name: 'Run the demo' }).click();
  await page
    .getByRole('button', { name: /cancel|stop/i })
    .first()
    .waitFor();
}

describe.skipIf(electronPath === null)('the desktop application, in a real Electron', () => {
  beforeAll(async () => {
    await builtDesktop();
  });
  afterAll(closeScreen);

  test('opens a window, makes the demo workspace and paints the charts; closing leaves nothing behind', async () => {
    const where = await profile();
    const { app, page } = await startDesktop(where, ['--demo', where.workspace]);
    await painted(page, [...kpiCharts, 'segment-scatter']);
    expect(
      await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle()),
    ).toBe('shop — Strata');
    const hosts = await hostProcesses(app, where.workspace);
    expect(hosts).toHaveLength(1);
    const colours = (): Promise<string> =>
      app.evaluate(({ nativeTheme }) => nativeTheme.themeSource);
    expect(await colours()).toBe('system');
    await page.getByText('Dark', { exact: true }).click({ force: true });
    await until(async () => (await colours()) === 'dark');
    if (process.env['STRATA_SCREENSHOTS'] !== undefined) {
      await page.screenshot({ path: join(process.env['STRATA_SCREENSHOTS'], 'desktop.png') });
    }
    await app.close();
    expect(hosts.filter(isAlive)).toEqual([]);
    expect(existsSync(join(where.workspace, 'warehouse.duckdb.wal'))).toBe(false);
    const kept = JSON.parse(readFileSync(join(where.userData, 'desktop.json'), 'utf8')) as {
      recents: string[];
    };
    expect(kept.recents).toEqual([where.workspace]);
  });

  test('tells when its host dies, starts another, and loses nothing', async () => {
    const where = await profile();
    const { app, page } = await startDesktop(where, ['--demo', where.workspace]);
    await painted(page);
    const before = await page.getByTestId('conservation').innerText();
    const [host] = await hostProcesses(app, where.workspace);
    if (host === undefined) throw new Error('there is no host');
    process.kill(host, 'SIGKILL');
    await page
      .getByText(/lost|again/i)
      .first()
      .waitFor();
    await page.getByText('Connected').waitFor();
    await page.reload();
    await painted(page);
    expect(await page.getByTestId('conservation').innerText()).toBe(before);
    expect(await hostProcesses(app, where.workspace)).not.toContain(host);
  });

  test('a page gets no Node, no permission, no other place, no window and no network', async () => {
    const where = await profile();
    const { app, page, said } = await startDesktop(where, [where.workspace]);
    await page.getByText('Connected').waitFor();
    const found = await page.evaluate(async () => {
      const world = globalThis as Record<string, unknown>;
      const fails = (work: () => Promise<unknown>): Promise<string> =>
        work().then(
          () => 'worked',
          () => 'refused',
        );
      return {
        node: ['require', 'process', 'module', 'Buffer', '__dirname'].filter(
          (name) => name in world,
        ),
        shell: Object.keys(world['strataShell'] as object).toSorted(),
        network: await fails(() => fetch('http://127.0.0.1:9/')),
        outside: await fails(() =>
          fetch('app://strata/%2e%2e/package.json').then((answer) =>
            answer.ok ? answer : Promise.reject(new Error('not found')),
          ),
        ),
        camera: await fails(() => navigator.mediaDevices.getUserMedia({ video: true })),
        notifications: await Notification.requestPermission(),
        // oxlint-disable-next-line no-eval -- that it is refused is what is tested
        evaluated: await fails(async () => (0, eval)('1')),
      };
    });
    expect(found).toEqual({
      node: [],
      shell: ['connect', 'follow', 'onLost', 'onOpen', 'open', 'pathOf', 'platform'],
      network: 'refused',
      outside: 'refused',
      camera: 'refused',
      notifications: 'denied',
      evaluated: 'refused',
    });
    await page.evaluate(() => {
      open('https://example.com/', '_blank', 'noopener');
    });
    await page.evaluate(() => location.assign('https://example.com/'));
    await until(() => said().includes('refused to go to https://example.com/'));
    expect(said()).toContain('refused to open https://example.com/');
    expect(await windowCount(app)).toBe(1);
    expect(page.url()).toBe('app://strata/index.html');
    const preferences = await app.evaluate(({ webContents }) =>
      webContents.getAllWebContents().map((contents) => {
        const { getLastWebPreferences } = contents as unknown as {
          getLastWebPreferences?: () => Record<string, unknown>;
        };
        return getLastWebPreferences?.call(contents);
      }),
    );
    for (const one of preferences) {
      expect(one).toMatchObject({ contextIsolation: true, sandbox: true, nodeIntegration: false });
    }
  });

  test('messages of any page but its own are refused', async () => {
    const where = await profile();
    const { app, page, said } = await startDesktop(where, [where.workspace]);
    await page.getByText('Connected').waitFor();
    await app.evaluate(({ ipcMain, BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      const event = { sender: window?.webContents, senderFrame: { url: 'https://evil.example/' } };
      ipcMain.emit('strata:connect', event);
      ipcMain.emit('strata:colours', event, 'dark');
      ipcMain.emit('strata:dropped', event, '/etc');
    });
    await until(() => said().includes('refused a message on strata:dropped'));
    expect(said()).toContain('refused a message on strata:connect from https://evil.example/');
    expect(said()).toContain('refused a message on strata:colours from https://evil.example/');
    expect(await askSpelling(app, 'https://evil.example/', ['segmnt'])).toBe('Error: refused');
    expect(await windowCount(app)).toBe(1);
  });

  test('a second start opens its workspace in the first and ends', async () => {
    const where = await profile();
    const { app, page } = await startDesktop(where, [where.workspace]);
    await page.getByText('Connected').waitFor();
    const other = `${where.workspace}-2`;
    expect(await startAgain(where, [other])).toBe(0);
    await until(async () => (await windowCount(app)) === 2);
    await until(async () => (await hostProcesses(app, other)).length >= 1);
    expect(await startAgain(where, [other])).toBe(0);
    expect(await windowCount(app)).toBe(2);
  });

  test('a notebook that is opened is taken in, runs nothing until it is trusted, and then draws its chart', async () => {
    const where = await profile();
    const { page } = await startDesktop(where, [where.workspace]);
    await page.getByText('Connected').waitFor();
    const code = (source: string) => ({
      cell_type: 'code',
      execution_count: null,
      metadata: {},
      outputs: [],
      source,
    });
    const chart = { data: 'squares', type: 'bar', x: 'n', y: ['square'] };
    const notebook = join(where.userData, '..', 'mailed.ipynb');
    const cells = [
      { cell_type: 'markdown', metadata: {}, source: '# From a mail' },
      code('%%sql --save squares\nselect i as n, i * i as square from range(5) t(i)'),
      code(`%%strata chart\n${JSON.stringify(chart)}`),
    ];
    writeFileSync(
      notebook,
      JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 4 }),
    );
    expect(await startAgain(where, [notebook])).toBe(0);
    await page.getByRole('heading', { name: 'From a mail' }).waitFor();
    expect(existsSync(join(where.workspace, 'notebooks', 'mailed.ipynb'))).toBe(true);
    expect(await page.locator('.js-plotly-plot').count()).toBe(0);
    await page.getByRole('button', { name: /^Trust/ }).click();
    await page.locator('.js-plotly-plot').first().waitFor();
  });

  test('a data file that is opened stands in the form, and is read where it lies', async () => {
    const where = await profile();
    const file = join(where.userData, '..', 'few.ndjson');
    const records = ['a', 'b', 'c'].map((customer, i) =>
      JSON.stringify({ customer_id: customer, amount: i + 1, timestamp: '2024-01-01T00:00:00Z' }),
    );
    writeFileSync(file, records.join('\n'));
    const { page } = await startDesktop(where, [where.workspace, file]);
    const field = page.getByLabel('Or a path on this machine');
    await field.waitFor();
    await until(async () => (await field.inputValue()) === file);
    await page
      .getByLabel(/preset|kind of record|mapping/i)
      .first()
      .click();
    await page.getByRole('option', { name: /bank/ }).click();
    await page.getByRole('button', { name: 'Ingest the file' }).click();
    await page.getByText('3 records landed and were taken in').first().waitFor();
  });

  // Where there is a keychain the form offers it.
  test.skipIf(generation === 'current' && process.platform !== 'linux')(
    'the form for a topic says why no password is kept here, and one that was typed stands nowhere afterwards',
    async () => {
      const where = await profile();
      const { app, page, said } = await startDesktop(where, [where.workspace]);
      await fillTopic(page);
      const reason = generation === 'current' ? /no keyring/ : /this version of Electron/;
      await page.getByText(reason).waitFor();
      expect(await keepIt(page).isDisabled()).toBe(true);
      await page.getByLabel('Password', { exact: true }).fill(CANARY);
      if (process.env['STRATA_SCREENSHOTS'] !== undefined) {
        const path = join(process.env['STRATA_SCREENSHOTS'], 'desktop-sign-in.png');
        await page.getByTestId('run-panel').screenshot({ path });
      }
      await page.getByRole('button', { name: 'Read the topic' }).click();
      await page.getByText('KAFKA_UNREACHABLE').waitFor();
      await app.close();
      expect(said()).not.toContain(CANARY);
      expect(filesHolding(join(where.userData, '..'), CANARY)).toEqual([]);
      expect(filesHolding(where.workspace, 'raw')).not.toEqual([]);
    },
  );

  test.skipIf(generation === 'current')(
    'a password that a keychain keeps is there after a restart, goes to the job, and is forgotten on request',
    async () => {
      const where = await profile();
      const required = join(where.userData, '..', 'keychain.cjs');
      writeFileSync(required, fakeKeychain);
      const first = await startDesktop(where, [where.workspace], { required });
      await fillTopic(first.page);
      await first.page.getByLabel('Password', { exact: true }).fill(CANARY);
      await keepIt(first.page).check();
      await first.page.getByRole('button', { name: 'Read the topic' }).click();
      await first.page.getByText('KAFKA_UNREACHABLE').waitFor();
      await first.app.close();
      expect(first.said()).not.toContain(CANARY);
      expect(filesHolding(join(where.userData, '..'), CANARY)).toEqual([]);
      const kept = join(where.userData, 'secrets.json');
      expect(filesHolding(where.userData, '://alice@127.0.0.1:9')).toContain(kept);
      expect(statSync(kept).mode & 0o777).toBe(0o600);

      const again = await startDesktop(where, [where.workspace], { required });
      await fillTopic(again.page);
      await again.page.getByText('The password is kept by').waitFor();
      await again.page.getByRole('button', { name: 'Read the topic' }).click();
      await again.page.getByText('KAFKA_UNREACHABLE').waitFor();
      // What was encrypted cannot be decrypted any more.
      writeFileSync(kept, readFileSync(kept, 'utf8').replace(/": "\w{8}/, '": "AAAAAAAA'));
      await again.page.getByRole('button', { name: 'Read the topic' }).click();
      await again.page.getByText('SECRET_UNREADABLE').waitFor();
      await again.page.getByText('can no longer be read here').waitFor();
      await again.page.getByRole('button', { name: 'Forget it' }).click();
      await until(() => !readFileSync(kept, 'utf8').includes('alice'));
    },
  );

  test('quitting while a run goes on asks: keep working goes on, stop ends it in order', async () => {
    const where = await profile();
    const { app, page } = await startDesktop(where, [where.workspace]);
    await page.getByText('Connected').waitFor();
    await startBigDemo(page);
    await answerWith(app, 2);
    await app.evaluate(({ app: electron }) => electron.quit());
    await until(async () => (await askedOf(app)).length === 1);
    expect(await askedOf(app)).toEqual(['“Demo workspace of 60,000 customers” is still going.']);
    expect(await windowCount(app)).toBe(1);
    const hosts = await hostProcesses(app, where.workspace);
    await answerWith(app, 1);
    const ended = new Promise((resolve) => app.process().once('exit', resolve));
    await app.evaluate(({ app: electron }) => electron.quit()).catch(() => undefined);
    await ended;
    expect(hosts).toHaveLength(1);
    expect(hosts.filter(isAlive)).toEqual([]);
    const again = await startDesktop(where, [where.workspace]);
    await again.page.getByText('Connected').waitFor();
  });
});
