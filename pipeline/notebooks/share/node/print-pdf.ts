import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AppError } from '../../../contract/errors.ts';
import type { Call } from '../../../engine/table-engine.ts';
import { findBrowser } from './find-browser.ts';

const patience = 90_000;

function switches(folder: string, page: string, pdf: string): string[] {
  // Chromium's own sandbox cannot be had by root, which only containers run as.
  const isRoot = process.getuid?.() === 0;
  return [
    '--headless',
    ...(isRoot ? ['--no-sandbox'] : []),
    '--disable-gpu',
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-extensions',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    // The page asks for nothing; nobody else in there shall either.
    '--host-resolver-rules=MAP * ~NOTFOUND',
    '--proxy-server=http://127.0.0.1:9',
    `--user-data-dir=${join(folder, 'profile')}`,
    '--no-pdf-header-footer',
    '--print-to-pdf-no-header',
    `--print-to-pdf=${pdf}`,
    pathToFileURL(page).href,
  ];
}

function failed(problem: string, cause?: unknown): AppError {
  return new AppError('NOTEBOOK_PDF_FAILED', { problem }, { cause });
}

/** Ends when the browser has ended; throws where it could not start, took too long or was cancelled. */
function run(browser: string, args: readonly string[], { signal }: Call): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const child = spawn(browser, args, { stdio: 'ignore', windowsHide: true });
  const timer = setTimeout(() => {
    reject(failed(`the browser did not end within ${patience / 1000} seconds.`));
    child.kill('SIGKILL');
  }, patience);
  const abort = (): void => {
    reject(new AppError('CANCELLED', { what: 'The export' }));
    child.kill('SIGKILL');
  };
  signal?.addEventListener('abort', abort, { once: true });
  if (signal?.aborted === true) abort();
  child.once('error', (error) => reject(failed(`${browser}: ${error.message}.`, error)));
  child.once('exit', (code) => {
    if (code === 0) resolve();
    else reject(failed(`the browser ended with ${code ?? 'a signal'}.`));
  });
  return promise.finally(() => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  });
}

/**
 * A page as a PDF, printed by a browser of this machine without network. Throws
 * NOTEBOOK_NO_BROWSER, NOTEBOOK_PDF_FAILED, CANCELLED.
 */
export async function printPdf(
  html: string,
  { browser = findBrowser(), ...call }: Call & { readonly browser?: string | null } = {},
): Promise<Uint8Array> {
  if (browser === null) throw new AppError('NOTEBOOK_NO_BROWSER');
  const folder = await mkdtemp(join(tmpdir(), 'strata-pdf-'));
  try {
    const [page, pdf] = [join(folder, 'page.html'), join(folder, 'page.pdf')];
    await writeFile(page, html);
    await run(browser, switches(folder, page, pdf), call);
    const bytes = await readFile(pdf).catch((error: unknown) => {
      throw failed('the browser wrote none.', error);
    });
    if (bytes.subarray(0, 5).toString('latin1') !== '%PDF-') {
      throw failed('what the browser wrote is none.');
    }
    return bytes;
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
