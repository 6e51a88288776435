import { afterAll, beforeAll, expect, test } from 'vitest';
import { shareChoices } from '../../../pipeline/contract/notebook.ts';
import { readNotebook } from '../../../pipeline/notebooks/document/read-notebook.ts';
import { exportNotebook } from '../../../pipeline/notebooks/share/export-notebook.ts';
import { replayBundle } from '../../../pipeline/notebooks/share/replay.ts';
import { formsIn } from './canaries.ts';
import { codeCell, notebookOf, secrets, SharingFixture } from './sharing-fixture.ts';

let on: SharingFixture;

const shown = {
  output_type: 'display_data',
  metadata: {},
  data: { 'text/plain': 'three clusters' },
};

/** The panel stands below what reads it: the names make the order. */
const document = notebookOf([
  codeCell(
    'sizes',
    '%%sql --save sizes\nselect cluster, count(*) as members from Clusters group by 1 order by 1',
  ),
  codeCell('script', '%%strata javascript\nreturn clusters.columns.join(" ");'),
  codeCell('tuning', '%%strata tuning --save clusters\n{"recipe": {}}', { outputs: [shown] }),
  codeCell('kpis', '%%strata kpis\n{}', { outputs: [shown] }),
]);

beforeAll(async () => {
  on = await SharingFixture.make();
});

afterAll(async () => {
  await on.close();
});

const request = { document, name: 'x', trusted: true };

test('a panel that is read and made nothing here is told', async () => {
  const choices = shareChoices.parse({ minimumCount: 1 });
  await expect(
    exportNotebook({ ...request, format: 'ipynb', choices }, on.ports()),
  ).rejects.toThrow(/"clusters" holds no rows here until the notebook has run$/);
});

test('panels keep what they show, and the table of one is treated like any other', async () => {
  await on.source.create({
    name: 'clusters',
    sql: 'select customer_id, name, visits % 3 as cluster from silver.people',
  });
  const choices = shareChoices.parse({
    columns: { 'clusters.name': 'drop', 'clusters.customer_id': 'hash' },
  });
  const ports = on.ports();
  const { bytes } = await exportNotebook({ ...request, format: 'ipynb', choices }, ports);
  const { cells, metadata } = readNotebook(bytes);
  expect(cells.map(({ source }) => source)).toEqual(document.cells.map(({ source }) => source));
  const [sizes, script, ...panels] = cells.map(({ outputs }) => outputs);
  expect(JSON.stringify(sizes)).toContain('3 rows × 2 columns');
  expect(JSON.stringify(script)).toContain('customer_id cluster');
  expect(panels).toEqual([[shown], [shown]]);
  expect(metadata).toMatchObject({
    strata: { shared: { tables: [{ name: 'clusters', rows: 60 }] } },
  });

  const bundle = (await exportNotebook({ ...request, format: 'bundle', choices }, ports)).bytes;
  expect([secrets.name, 'C0003'].flatMap((text) => formsIn(bundle, text))).toEqual([]);
  expect((await replayBundle(bundle, ports)).kind).toBe('same');
});
