import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runPipeline } from '../../pipeline/runs/run-pipeline.ts';
import { ingestFile } from '../../pipeline/sources/files/node/ingest-file.ts';
import { requireMapping } from '../../pipeline/workspace/node/mappings.ts';
import { openWorkspace } from '../../pipeline/workspace/node/workspace.ts';
import { temporaryFolder } from '../helpers/temporary-workspace.ts';

/** Large enough for row groups to fill, and for a commit now and then to write what those before it left in the log. */
const ROWS = 20_000;
const RUNS = 12;

test('runs of one host leave raw and silver packed, whatever is written beside them', async () => {
  const folder = await temporaryFolder();
  const workspace = await openWorkspace(join(folder, 'shop'), {
    create: true,
  });
  const { writer, path, config, engine } = workspace;
  const generator = await engine.connect();
  for (let run = 0; run < RUNS; run++) {
    const file = join(folder, `${run}.ndjson`);
    await generator.run(
      `copy (select concat('customer ', i % 5000) as customer_id, concat('order ', ${run}, ' ', i) as order_id,
         timestamp '2024-01-01' + interval (i % 300) day as order_ts, (i % 977)::decimal(9, 2) as amount,
         concat('category ', i % 9) as category from range(${ROWS}) r(i)) to '${file}' (format json)`,
    );
    await ingestFile(writer, { path: file, compiled: requireMapping(path, 'orders') });
    await runPipeline({ connection: writer, config });
  }
  const loose = await writer.rows(
    `select 'raw' as "table", column_name from pragma_storage_info('raw.record_log')
       where column_name = 'value' and segment_type <> 'VALIDITY' and persistent and compression = 'Uncompressed'
     union all
     select 'silver', column_name from pragma_storage_info('silver.transactions')
       where column_name in ('order_id', 'customer_id', 'category') and segment_type <> 'VALIDITY' and persistent
         and compression = 'Uncompressed'`,
  );
  expect(loose).toEqual([]);
  const [packed] = await writer.rows(
    `select (select count(*) from silver.transactions) as silver,
       count(*) filter (compression = 'ZSTD' and persistent) > 0 as "by ZSTD"
     from pragma_storage_info('silver.transactions') where column_name = 'order_id'`,
  );
  expect(packed).toEqual({ silver: ROWS * RUNS, 'by ZSTD': true });
  generator.close();
  await workspace.close();
});
