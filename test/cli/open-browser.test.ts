import { spawn } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { chmod, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../helpers/temporary-workspace.ts';

const address = 'http://127.0.0.1:4711/#token=secret-of-this-host';

it('gives the browser a page that only its user can read, and no token on a command line', async (context) => {
  if (process.platform !== 'linux') context.skip('xdg-open is the opener of Linux');
  const folder = await temporaryFolder();
  const given = join(folder, 'given');
  await writeFile(join(folder, 'xdg-open'), `#!/bin/sh\nprintf '%s\\n' "$@" > '${given}'\n`);
  await chmod(join(folder, 'xdg-open'), 0o755);
  const program = `
    const { openBrowser } = await import(${JSON.stringify(import.meta.resolve('../../scripts/open-browser.mjs'))});
    const remove = openBrowser(${JSON.stringify(address)});
    process.stdin.once('data', () => { remove(); process.exit(); });`;
  const opener = spawn(process.execPath, ['--input-type=module', '-e', program], {
    env: { ...process.env, PATH: `${folder}:${process.env['PATH']}`, TMPDIR: folder },
  });
  const ended = new Promise((resolve) => opener.once('exit', resolve));
  for (let tries = 0; tries < 500 && !existsSync(given); tries++) await setTimeout(10);
  await setTimeout(50);
  const args = readFileSync(given, 'utf8').trim();
  expect(args).toMatch(/^file:\/\/\S+\.html$/);
  expect(args).not.toContain('secret');
  const page = fileURLToPath(args);
  expect(statSync(page).mode & 0o777).toBe(0o600);
  expect(statSync(dirname(page)).mode & 0o077).toBe(0);
  expect(readFileSync(page, 'utf8')).toContain(`content="0; url=${address}"`);
  opener.stdin.write('end\n');
  await ended;
  expect(existsSync(dirname(page))).toBe(false);
});
