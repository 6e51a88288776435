import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { launchChromium, openPage, type WatchedPage } from './browser-page.ts';
import { startWorkbench, type StartedWorkbench } from './workbench-server.ts';

export interface SavedNotebook {
  cells: { cell_type: string; source: string | string[]; outputs?: unknown[] }[];
}

/** A busy machine starts processes slowly. */
export const soon = { timeout: 30_000 };

export const code = (source: string, more: object = {}) => ({
  cell_type: 'code',
  execution_count: null,
  metadata: {},
  outputs: [],
  source,
  ...more,
});

/** A workbench of its own for the tests of a file, and Chromium beside it. */
export class NotebookPages {
  #browser: Browser | undefined;
  #workbench: StartedWorkbench | undefined;

  constructor() {
    beforeAll(async () => {
      [this.#browser, this.#workbench] = await Promise.all([launchChromium(), startWorkbench()]);
    });
    afterAll(async () => {
      await this.#browser?.close();
      await this.#workbench?.[Symbol.asyncDispose]();
    });
  }

  get workbench(): StartedWorkbench {
    if (this.#workbench === undefined) throw new Error('It has not started yet.');
    return this.#workbench;
  }

  /** A page with the list of notebooks. */
  async notebooks(scheme: 'light' | 'dark' = 'light'): Promise<WatchedPage> {
    if (this.#browser === undefined) throw new Error('It has not started yet.');
    const watched = await openPage(this.#browser, scheme);
    await watched.page.goto(this.workbench.address);
    await watched.page.getByRole('link', { name: 'Notebooks', exact: true }).click();
    return watched;
  }

  async saved(name: string): Promise<SavedNotebook> {
    const path = join(this.workbench.workspace, 'notebooks', name);
    return JSON.parse(await readFile(path, 'utf8')) as SavedNotebook;
  }
}

export async function createNotebook(page: Page, title: string): Promise<void> {
  await page.getByPlaceholder('Title of a new notebook').fill(title);
  await page.getByRole('button', { name: 'New notebook' }).click();
  await page.getByRole('heading', { name: title, level: 1 }).waitFor();
}
