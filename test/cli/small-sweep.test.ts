import { join } from 'node:path';
import { expect, it } from 'vitest';
import { cli } from '../helpers/cli.ts';
import { writeOrders } from '../helpers/order-files.ts';
import { shoppers } from '../helpers/shoppers.ts';
import { temporaryFolder } from '../helpers/temporary-workspace.ts';

it('a sweep of two customers says what it did not try, and tells of no sample', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'orders.ndjson');
  await writeOrders(path, shoppers(0, 2));
  const place = ['--workspace', join(folder, 'workspace')];
  expect((await cli(['ingest', 'file', path, '--preset', 'orders', ...place])).code).toBe(0);
  expect((await cli(['run', ...place])).code).toBe(0);
  const { code, out } = await cli(['segment', 'sweep', ...place]);
  expect(code).toBe(0);
  expect(out).toContain('\nNot tried: k = 3 to 10; there are fewer different customers than that.');
  expect(out).not.toMatch(/sample|silhouettes 0/);
}, 60_000);
