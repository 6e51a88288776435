import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';

/** The Chromium to test with, or null where there is none. */
export function chromiumPath(): string | null {
  const candidates = [process.env['STRATA_CHROMIUM'], '/usr/bin/chromium'];
  return candidates.find((path) => path !== undefined && existsSync(path)) ?? null;
}

export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath() ?? '',
    args: ['--headless', '--no-sandbox', '--disable-gpu'],
  });
}

export interface WatchedPage {
  readonly page: Page;
  /** Console errors, uncaught errors, refused resources and CSP violations so far. */
  readonly complaints: string[];
}

/** A page with a fresh profile whose every complaint is written down. */
export async function openPage(
  browser: Browser,
  colorScheme: 'light' | 'dark' = 'light',
): Promise<WatchedPage> {
  const context = await browser.newContext({
    colorScheme,
    viewport: { width: 1440, height: 1000 },
  });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.exposeFunction('complain', (words: string) => complaints.push(words));
  await page.addInitScript(`
    addEventListener('securitypolicyviolation', (event) =>
      complain('CSP ' + event.violatedDirective + ' ' + event.blockedURI));
  `);
  return { page, complaints };
}

export const kpiCharts = ['kpi-clv-growth', 'kpi-churn-rate', 'kpi-aov', 'kpi-contribution'];

/** Waits until the named charts have been painted. */
export async function painted(page: Page, testIds: readonly string[] = kpiCharts): Promise<void> {
  for (const id of testIds) {
    await page.locator(`[data-testid="${id}"][data-painted="true"]`).waitFor();
  }
}
