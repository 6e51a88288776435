import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { publishParquet } from '../../pipeline/publish/parquet/publish-parquet.ts';
import { shoppers } from '../helpers/shoppers.ts';
import { temporaryFolder } from '../helpers/temporary-workspace.ts';
import { trained } from '../helpers/trained-workspace.ts';

test('every table of silver, features and gold is the same rows in Parquet, and again after a second time', async () => {
  const {
    context: { connection },
  } = await trained(shoppers(1, 60));
  const folder = join(await temporaryFolder(), 'lake');
  await publishParquet(connection, { folder });
  const published = await publishParquet(connection, { folder });

  expect(published.map(({ table }) => table)).toEqual(
    expect.arrayContaining([
      'silver.transactions',
      'features.customer_features',
      'gold.customer_segments',
      'gold.segment_kpis',
    ]),
  );
  for (const { table, file, rows } of published) {
    const parquet = `read_parquet('${join(folder, file)}')`;
    const [differing] = await connection.rows<{ n: number; rows: number }>(
      `select (select count(*) from (from ${parquet} except all from ${table}))
            + (select count(*) from (from ${table} except all from ${parquet})) as n,
              (select count(*) from ${parquet}) as rows`,
    );
    expect({ table, ...differing }).toEqual({ table, n: 0, rows });
  }
  const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as unknown;
  expect(manifest).toEqual({ tables: published });
  const files = await readdir(folder, { recursive: true });
  expect(files.filter((file) => file.endsWith('.part'))).toEqual([]);
});
