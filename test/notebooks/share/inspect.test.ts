import { afterAll, beforeAll, expect, test } from 'vitest';
import { shareReport } from '../../../pipeline/contract/notebook.ts';
import { inspectNotebook } from '../../../pipeline/notebooks/share/inspect.ts';
import {
  codeCell,
  markdown,
  notebookOf,
  secrets,
  SharingFixture,
  sharedNotebook,
} from './sharing-fixture.ts';

let on: SharingFixture;

beforeAll(async () => {
  on = await SharingFixture.make();
});

afterAll(async () => {
  await on.close();
});

test('every table that cells read is looked through, whatever the pieces it is read in', async () => {
  const report = await inspectNotebook(sharedNotebook(), on.source);
  expect(shareReport.parse(report)).toEqual(report);
  const [table, ...others] = report.tables;
  expect(others).toEqual([]);
  expect({ ...table, bytes: 0 }).toEqual({
    name: 'silver.people',
    cells: ['people', 'regions'],
    rows: 60,
    bytes: 0,
    smallGroups: null,
    columns: [
      {
        name: 'customer_id',
        type: 'VARCHAR',
        found: [{ kind: 'identifier', by: 'name', share: 1 }],
        treatment: 'hash',
      },
      {
        name: 'name',
        type: 'VARCHAR',
        found: [
          { kind: 'name', by: 'name', share: 1 },
          { kind: 'name', by: 'content', share: 1 },
        ],
        treatment: 'drop',
      },
      {
        name: 'email',
        type: 'VARCHAR',
        found: [
          { kind: 'e-mail', by: 'name', share: 1 },
          { kind: 'e-mail', by: 'content', share: 1 },
        ],
        treatment: 'drop',
      },
      {
        name: 'phone',
        type: 'VARCHAR',
        found: [
          { kind: 'phone', by: 'name', share: 1 },
          { kind: 'phone', by: 'content', share: 1 },
        ],
        treatment: 'drop',
      },
      {
        name: 'born',
        type: 'DATE',
        found: [{ kind: 'birth date', by: 'name', share: 1 }],
        treatment: 'drop',
      },
      { name: 'region', type: 'VARCHAR', found: [], treatment: 'keep' },
      { name: 'income', type: 'DECIMAL(18,2)', found: [], treatment: 'keep' },
      { name: 'visits', type: 'BIGINT', found: [], treatment: 'keep' },
    ],
  });
  expect(table?.bytes).toBeGreaterThan(60 * 50);
  const inPieces = await inspectNotebook(sharedNotebook(), on.source, { rowsAtOnce: 7 });
  expect(inPieces.tables.map((one) => ({ ...one, bytes: 0 }))).toEqual(
    report.tables.map((one) => ({ ...one, bytes: 0 })),
  );
});

test('e-mails and phones in prose, code and outputs are told by cell', async () => {
  const { texts } = await inspectNotebook(
    notebookOf([
      markdown('prose', `Ask ${secrets.email}, or call ${secrets.phone}.`),
      codeCell('sql', `%%sql\nselect 1 where '${secrets.email}' like '%@x.example'`),
      ...sharedNotebook().cells.filter(({ id }) => id === 'python'),
      codeCell('picture', 'x', {
        outputs: [
          {
            output_type: 'display_data',
            metadata: {},
            data: { 'image/png': '+4930901820471+4930901820471' },
          },
        ],
      }),
    ]),
    on.source,
  );
  expect(texts).toEqual([
    { cell: 'prose', kind: 'e-mail', count: 1 },
    { cell: 'prose', kind: 'phone', count: 1 },
    { cell: 'sql', kind: 'e-mail', count: 2 },
    { cell: 'python', kind: 'e-mail', count: 3 },
    { cell: 'python', kind: 'phone', count: 3 },
  ]);
});

test('tables are found however they are written, by charts too, and groups of few are counted', async () => {
  const { tables } = await inspectNotebook(
    notebookOf([
      codeCell('a', '%%sql --save own\nfrom "Gold"."Groups" where label in (select \'a\')'),
      codeCell('b', '%%strata chart\n{"data": "gold.groups", "type": "histogram", "x": "label"}'),
      codeCell('c', '%%sql\nselect * from own, information_schema.tables'),
      codeCell('d', '%%sql\nselect * from silver.not_there'),
      codeCell('e', '%%sql\nselect nonsense from from'),
    ]),
    on.source,
  );
  expect(tables.map(({ name, cells, smallGroups }) => ({ name, cells, smallGroups }))).toEqual([
    { name: 'gold.groups', cells: ['a', 'b'], smallGroups: 2 },
  ]);
});
