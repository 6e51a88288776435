import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openWorkspace } from '../../pipeline/workspace/node/workspace.ts';
import { cli } from '../helpers/cli.ts';
import { temporaryFolder } from '../helpers/temporary-workspace.ts';

test('a check tells of a query that cannot be parsed, and nothing of one that can', async () => {
  const folder = await temporaryFolder();
  const sources = [
    'k = 3  # strata: {"kind": "slider", "min": 1, "max": 9}',
    '%%sql\nselekt 1',
    '%%sql\nselect {{k}} from nosuch.yet',
    '%%sql\nselect {{x}}',
  ];
  const cells = sources.map((source, at) => ({
    id: `c${at}`,
    cell_type: 'code',
    execution_count: null,
    metadata: {},
    outputs: [],
    source,
  }));
  const file = join(folder, 'a.ipynb');
  await writeFile(file, JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }));
  const workspace = join(folder, 'workspace');
  await (await openWorkspace(workspace, { create: true })).close();

  const { code, out } = await cli(['notebook', 'check', file, '--workspace', workspace, '--json']);
  expect(code).toBe(1);
  const { problems } = JSON.parse(out) as { problems: { cell: string; code: string }[] };
  expect(problems.map((one) => [one.cell, one.code])).toEqual([
    ['c1', 'SQL_INVALID'],
    ['c3', 'CELL_INVALID'],
  ]);
});
