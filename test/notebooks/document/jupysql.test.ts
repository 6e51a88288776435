import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openNativeEngine } from '../../../pipeline/engine/native/native-engine.ts';
import { setupCell } from '../../../pipeline/notebooks/document/new-notebook.ts';
import type { DocumentCell } from '../../../pipeline/notebooks/document/notebook-document.ts';
import { writeNotebook } from '../../../pipeline/notebooks/document/write-notebook.ts';
import { jupyter, type RunNotebook } from '../../helpers/jupyter.ts';
import { codeCell, notebookOf } from '../share/sharing-fixture.ts';

const python = await jupyter();
const skipped = 'skipped' in python ? ` (skipped: ${python.skipped})` : '';

/** What JupySQL prints of a table, its frame left out. */
function rowsOf({ cells }: RunNotebook, at: number): string[][] {
  const text = cells[at]?.outputs?.map(({ data }) => data?.['text/plain'] ?? '').join('') ?? '';
  const lines = text.split('\n').filter((line) => line.startsWith('|'));
  return lines.map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((part) => part.trim()),
  );
}

/** The folder of a workspace whose tables were published: one of two rows. */
async function published(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'strata-jupysql-'));
  await mkdir(join(folder, 'lake', 'silver'), { recursive: true });
  const engine = await openNativeEngine(':memory:');
  const connection = await engine.connect();
  const file = join(folder, 'lake', 'silver', 'orders.parquet').replaceAll("'", "''");
  await connection.run(
    `copy (select * from (values ('it''s', 1.5), ('b', 2.5)) t(who, amount)) to '${file}'`,
  );
  connection.close();
  await engine.close();
  return folder;
}

const sources: readonly string[] = [
  'k = 3  # strata: {"kind": "slider", "min": 1, "max": 9}',
  'who = "it\'s"  # strata: {"kind": "text"}',
  "%%sql --save orders\nselect *, {{k}} * 2 as twice -- {{unknown}} isn't read\nfrom silver.orders;",
  "%%sql --save found\nwith mine as (select * from orders where who = {{who}} or who = '{{who}}')\nselect *, '12:30' as at, amount::integer as whole from mine",
  '%%sql --save counted\nselect count(*) as n from orders, (select * from found) as f',
  '%%sql\nselect n, (select max(twice) from orders) as most from counted',
  '%%strata tuning --save clusters\n{"recipe": {}}',
  '%%sql --save orders\nselect 7 as other',
  '%%sql\nfrom orders',
  '%%sql --save shape\ndescribe counted',
];

test.skipIf(skipped !== '')(
  `a named query is a table for every later cell in Jupyter too, within a WITH as well${skipped}`,
  { timeout: 120_000 },
  async () => {
    if ('skipped' in python) return;
    const folder = await published();
    try {
      const setup = setupCell();
      const cells: DocumentCell[] = sources.map((source, at) => codeCell(`c${at}`, source));
      const again = { ...setup, id: 'again' };
      const text = writeNotebook(notebookOf([setup, ...cells, again, ...cells.slice(0, 6)]));
      const ran = await python.run(text, folder);
      const told = ran.cells.map(({ outputs = [] }) =>
        outputs.flatMap(({ output_type: type, text: printed = '' }) =>
          type === 'execute_result' ? [] : printed.trim(),
        ),
      );
      const words =
        'This cell (tuning --save clusters) runs in Strata only; its last result is shown below it there.\nSo do the cells that read clusters.';
      expect(told).toEqual(told.map((_, at) => (at === 7 ? [words] : [])));
      const first = (from: number) => [3, 4, 5, 6].map((at) => rowsOf(ran, from + at));
      const expected = [
        [
          ['who', 'amount', 'twice'],
          ["it's", '1.5', '6'],
          ['b', '2.5', '6'],
        ],
        [
          ['who', 'amount', 'twice', 'at', 'whole'],
          ["it's", '1.5', '6', '12:30', '2'],
        ],
        [['n'], ['2']],
        [
          ['n', 'most'],
          ['2', '6'],
        ],
      ];
      expect(first(0)).toEqual(expected);
      expect(first(11)).toEqual(expected);
      expect(rowsOf(ran, 9)).toEqual([['other'], ['7']]);
      expect(rowsOf(ran, 10)[1]?.slice(0, 2)).toEqual(['n', 'BIGINT']);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
);
