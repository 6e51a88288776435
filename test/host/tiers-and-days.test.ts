import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openLocalWorkbench } from '../../pipeline/host/node/local-workbench.ts';
import { kpiReportAsOf } from '../../pipeline/runs/kpi-report.ts';
import { runPipeline } from '../../pipeline/runs/run-pipeline.ts';
import { assignTiers, countTiers } from '../../pipeline/segmentation/tiers.ts';
import { ingestFile } from '../../pipeline/sources/files/node/ingest-file.ts';
import { requireMapping } from '../../pipeline/workspace/node/mappings.ts';
import { openWorkspace } from '../../pipeline/workspace/node/workspace.ts';
import { writeOrders } from '../helpers/order-files.ts';
import { shoppers } from '../helpers/shoppers.ts';
import { temporaryFolder } from '../helpers/temporary-workspace.ts';

test('a host tells tiers, and KPIs as of a day, as the command line does', async () => {
  const folder = await temporaryFolder();
  const workspace = await openWorkspace(join(folder, 'workspace'), { create: true });
  const workbench = await openLocalWorkbench(workspace);
  onTestFinished(() => workbench.close());
  const { analysis } = workbench;
  expect(await analysis.tiers()).toEqual([]);

  const path = join(folder, 'orders.ndjson');
  await writeOrders(path, shoppers(0, 40));
  const { writer, config } = workspace;
  await ingestFile(writer, { path, compiled: requireMapping(workspace.path, 'orders') });
  await runPipeline({ connection: writer, config });
  await writer.transaction(() => assignTiers(writer, [{ name: 'Gold', when: 'monetary > 1000' }]));
  expect((await analysis.tiers()).map(({ tier, customers }) => [tier, customers])).toEqual([
    ['Gold', 20],
    ['Other', 20],
  ]);
  expect(await analysis.tiers()).toEqual(await countTiers(writer));

  const now = await workbench.kpiReport();
  const then = await analysis.kpisAsOf('2024-03-01');
  expect(then.asOf).toBe('2024-03-01');
  expect(then).toEqual(await kpiReportAsOf(writer, config, '2024-03-01'));
  expect(then.current).not.toEqual(now.current);
  expect(await workbench.kpiReport()).toEqual(now);
});
