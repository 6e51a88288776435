import { expect, onTestFinished, test } from 'vitest';
import { asAppError } from '../../pipeline/contract/errors.ts';
import { trainOptions } from '../../pipeline/contract/recipe.ts';
import { ModelReports } from '../../pipeline/host/node/model-reports.ts';
import { WarehouseReads } from '../../pipeline/workspace/warehouse-reads.ts';
import { runPipeline } from '../../pipeline/runs/run-pipeline.ts';
import { compareModels } from '../../pipeline/segmentation/compare-models.ts';
import { modelReport } from '../../pipeline/segmentation/model-report.ts';
import { renameSegment } from '../../pipeline/segmentation/rename-segment.ts';
import { openStatisticsPool } from '../../pipeline/work/node/statistics-pool.ts';
import type { StatisticsPool } from '../../pipeline/work/statistics-tasks.ts';
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

test('whatever goes over all customers is done by the pool, and nothing of it on the thread that answers', async () => {
  const { workspace, context } = await trained(shoppers(0, 40));
  const threads = openStatisticsPool(1);
  const asked: string[] = [];
  const pool: StatisticsPool = {
    ...threads,
    run: (name, args, options) => {
      asked.push(name);
      return threads.run(name, args, options);
    },
    close: () => threads.close(),
  };
  const reads = new WarehouseReads(workspace.engine);
  onTestFinished(async () => {
    await reads.close();
    pool.close();
  });
  await new ModelReports(reads, pool).latest();
  expect(asked).toEqual([
    'assignColumns',
    'fillColumns',
    'silhouettePlan',
    'silhouetteSums',
    'effectSizes',
    'surrogateRules',
    'columnDrift',
  ]);

  const inline = await compareModels(context.connection, { from: 1, to: 1 });
  asked.length = 0;
  expect(await compareModels(context.connection, { from: 1, to: 1 }, { pool })).toEqual(inline);
  expect(asked).toEqual(['assignColumns', 'assignColumns', 'compareLabels']);
});
