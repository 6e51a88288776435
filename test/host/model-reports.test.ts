import { expect, onTestFinished, test } from 'vitest';
import { asAppError } from '../../pipeline/contract/errors.ts';
import { trainOptions } from '../../pipeline/contract/recipe.ts';
import { ModelReports } from '../../pipeline/host/node/model-reports.ts';
import { WarehouseReads } from '../../pipeline/host/warehouse-reads.ts';
import { runPipeline } from '../../pipeline/runs/run-pipeline.ts';
import { modelReport } from '../../pipeline/segmentation/model-report.ts';
import { renameSegment } from '../../pipeline/segmentation/rename-segment.ts';
import { openStatisticsPool } from '../../pipeline/work/node/statistics-pool.ts';
import { shoppers } from '../helpers/shoppers.ts';
import { land, trained } from '../helpers/trained-workspace.ts';

async function opened() {
  const workspace = await trained(shoppers(0, 40));
  const reads = new WarehouseReads(workspace.workspace.engine);
  const pool = openStatisticsPool(1);
  onTestFinished(async () => {
    await reads.close();
    pool.close();
  });
  return { ...workspace, reports: new ModelReports(reads, pool) };
}

test('the report of a model is computed once for all who ask, and anew for each change of what it tells', async () => {
  const found = await opened();
  const { reports, context } = found;
  const { connection } = context;
  const [first, second] = await Promise.all([reports.latest(), reports.latest()]);
  expect(first).toEqual(await modelReport(connection));
  expect([second === first, (await reports.latest()) === first]).toEqual([true, true]);

  await renameSegment(connection, { segmentId: 1, name: 'Best' });
  const renamed = await reports.latest();
  expect(renamed?.segments.map(({ segmentName }) => segmentName)).toContain('Best');
  expect(renamed).toEqual(await modelReport(connection));

  await land(found, shoppers(40, 48));
  await runPipeline(context);
  const more = await reports.latest();
  expect(more?.segments.reduce((sum, { customers }) => sum + customers, 0)).toBe(48);

  await runPipeline(context, { steps: ['segments', 'gold'], train: trainOptions.parse({ k: 3 }) });
  const anew = await reports.latest();
  expect([anew?.version, anew?.segments.length]).toEqual([2, 3]);
  expect((await reports.latest()) === anew).toBe(true);
});

test('one who leaves takes the report from nobody else', async () => {
  const { reports } = await opened();
  const abort = new AbortController();
  const left = reports.latest(abort.signal).catch(asAppError);
  const stayed = reports.latest();
  abort.abort();
  expect(await left).toMatchObject({ code: 'CANCELLED' });
  expect((await stayed)?.version).toBe(1);
});
