import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readTablePage } from '../../pipeline/host/read-table-page.ts';
import { temporaryFolder, temporaryWorkspace } from '../helpers/temporary-workspace.ts';

test('pages show every row once and in its place, also while a run lets DuckDB mix them', async () => {
  const { workspace, ingest } = await temporaryWorkspace();
  const { writer } = workspace;
  const file = join(await temporaryFolder(), 'records.ndjson');
  const lines = Array.from({ length: 300_000 }, (_, i) => `{"customer_id":"${i}"}\n`);
  await writeFile(file, lines.join(''));
  await ingest(file, 'bank');
  await writer.run('create table silver.numbers as select range as n from range(1000000)');
  await writer.run('create view gold.odd as select n from silver.numbers where n % 2 = 1');
  await writer.run('set preserve_insertion_order = false');
  const column = async (table: string, name: string, offset: number): Promise<unknown[]> => {
    const { columns, rows } = await readTablePage(writer, { table, offset, limit: 50 });
    return rows.map((row) => row[columns.findIndex((one) => one.name === name)]);
  };
  const places = (first: number, step = 1): number[] =>
    Array.from({ length: 50 }, (_, i) => first + i * step);
  for (const offset of [0, 50, 122_860, 250_000, 299_950]) {
    expect(await column('silver.numbers', 'n', offset)).toEqual(places(offset));
    expect(await column('raw.records', 'line', offset)).toEqual(places(offset + 1));
    expect(await column('gold.odd', 'n', offset)).toEqual(places(2 * offset + 1, 2));
  }
});
