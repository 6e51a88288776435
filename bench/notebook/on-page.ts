import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type Browser, chromium, type Page } from 'playwright-core';
import { findChromium, readAddress } from '../start.ts';
import { strata } from '../strata.ts';

const PATIENCE_MS = 60_000;

export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium(),
    args: ['--headless', '--no-sandbox', '--disable-gpu'],
  });
}

export async function newPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 1000 } });
  page.setDefaultTimeout(PATIENCE_MS);
  return page;
}

function serve(workspace: string): ChildProcess {
  const { program, args } = strata('serve', '--workspace', workspace, '--port', '0');
  return spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** The product's page on a workspace, its first charts drawn; host and browser end with the work. */
export async function onPage<T>(workspace: string, work: (page: Page) => Promise<T>): Promise<T> {
  const child = serve(workspace);
  const ended = once(child, 'exit');
  try {
    const address = await readAddress(child);
    const browser = await launch();
    try {
      const page = await newPage(browser);
      await page.goto(address);
      await page.locator('[data-painted="true"]').first().waitFor();
      await page.getByRole('link', { name: 'Notebooks', exact: true }).click();
      return await work(page);
    } finally {
      await browser.close();
    }
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
}
