import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { cli } from '../helpers/cli.ts';
import { temporaryFolder } from '../helpers/temporary-workspace.ts';

const root = join(import.meta.dirname, '../..');
const launcher = join(root, 'scripts', 'strata.mjs');

/** As `npm run strata` starts it. */
async function built(...args: readonly string[]): Promise<string> {
  const done = await promisify(execFile)(process.execPath, [launcher, ...args], { maxBuffer: 1e8 });
  return done.stdout;
}

test('the command line as it is built does what the one in the tree does: its models, threads, queries and scripts', async () => {
  const folder = await temporaryFolder();
  const workspace = join(folder, 'shop');
  const place = ['--workspace', workspace];
  await built('demo', '--customers', '120', ...place);
  expect(readdirSync(join(root, 'dist', 'cli')).some((name) => /^[0-9a-f]{16}$/.test(name))).toBe(
    true,
  );
  // Threads of statistics, the process of the owner's SQL, and that of notebooks with its scripts.
  await built('segment', 'train', '--k', '3', ...place);
  const asked = [
    ['kpis', '--json', ...place],
    [
      'query',
      'select segment_name, count(*) as n from gold.customer_segments group by all order by 1',
      ...place,
    ],
    ['segment', 'profile', '--json', ...place],
  ];
  for (const args of asked) expect(await built(...args)).toBe((await cli(args)).out);
  const notebook = join(folder, 'tour.ipynb');
  await copyFile(join(root, 'notebooks', '01-first-tour.ipynb'), notebook);
  const out = join(folder, 'ran.ipynb');
  await built('notebook', 'run', notebook, '--out', out, ...place);
  expect(existsSync(out)).toBe(true);
  await expect(built('run', '--workspace', join(folder, 'nowhere'))).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('WORKSPACE_NOT_FOUND') as unknown,
  });
}, 120_000);
