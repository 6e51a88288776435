import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packDesktop } from '../../scripts/package.mjs';
import { painted } from '../e2e/browser-page.ts';
import { askSpelling } from './ask-spelling.ts';
import { closeScreen, electronPath, profile, startDesktop } from './desktop-app.ts';

/** What can be packed here: a folder. Installers are made from it by tools that have to be fetched. */
describe.skipIf(electronPath === null || process.platform !== 'linux')(
  'the packed application',
  () => {
    let packed: string;

    beforeAll(async () => {
      const dist = dirname(electronPath ?? '');
      packed = join(
        await packDesktop({ dist, args: ['--linux', 'dir'], inspectable: true }),
        'linux-unpacked',
      );
    });
    afterAll(closeScreen);

    test('starts from its folder, makes the demo workspace and paints its charts', async () => {
      const where = await profile();
      const executable = join(packed, 'strata-workbench');
      const options = { executable, folder: null };
      const { app, page } = await startDesktop(where, ['--demo', where.workspace], options);
      await painted(page);
      expect(await app.evaluate(({ app: electron }) => electron.isPackaged)).toBe(true);
      await page.getByText('Connected').waitFor();
      expect(await askSpelling(app, page.url(), ['customers', 'segmnt'])).toEqual(['segmnt']);
    });

    test('carries the licences of what is in it, and nothing that only builds it', () => {
      const resources = join(packed, 'resources');
      const licences = readFileSync(join(resources, 'licences.txt'), 'utf8');
      for (const name of [
        '@duckdb/node-api',
        'kafkajs',
        'nspell',
        'dictionary-en',
        'react',
        '@mantine/core',
        'plotly.js',
      ]) {
        expect(licences).toMatch(new RegExp(`^${name}\\S* \\d`, 'm'));
      }
      const modules = join(resources, 'app.asar.unpacked', 'node_modules');
      expect(existsSync(join(modules, '@duckdb', 'node-api'))).toBe(true);
      for (const name of ['vite', 'typescript', 'electron', 'node', 'vitest', 'playwright-core']) {
        expect([name, existsSync(join(modules, name))]).toEqual([name, false]);
      }
    });
  },
);
