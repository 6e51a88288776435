import { join } from 'node:path';
import { runPipeline } from '../../pipeline/runs/run-pipeline.ts';
import { ingestFile } from '../../pipeline/sources/files/node/ingest-file.ts';
import { requireMapping } from '../../pipeline/workspace/node/mappings.ts';
import type { Workspace } from '../../pipeline/workspace/node/workspace.ts';
import { writeOrders } from './order-files.ts';
import { shoppers } from './shoppers.ts';
import { temporaryFolder } from './temporary-workspace.ts';

/**
 * Some customers who went through every step, and copies of each in the tables of features and segments: enough to keep
 * whoever reads them busy, without the time that as many would take to be made from records.
 */
export async function manyCustomers(
  workspace: Workspace,
  { kinds, copies }: { kinds: number; copies: number },
): Promise<void> {
  const path = join(await temporaryFolder(), 'orders.ndjson');
  await writeOrders(path, shoppers(0, kinds));
  const { writer, config } = workspace;
  await ingestFile(writer, { path, compiled: requireMapping(workspace.path, 'orders') });
  await runPipeline({ connection: writer, config });
  for (const table of ['features.customer_features', 'gold.customer_segments']) {
    await writer.run(
      `insert into ${table} by name
       select t.* replace (t.customer_id || '-' || lpad(i::varchar, 6, '0') as customer_id)
       from ${table} t, range(1, ${copies}) r(i)`,
    );
  }
}
