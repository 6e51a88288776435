import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tableFromIPC } from '@uwdata/flechette';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openNativeEngine } from '../../../pipeline/engine/native/native-engine.ts';
import {
  type NotebookSql,
  openNotebookSql,
} from '../../../pipeline/engine/native/notebook-sql/notebook-sql.ts';
import { withoutOutputs } from '../../../pipeline/notebooks/document/edit-document.ts';
import type { NotebookDocument } from '../../../pipeline/notebooks/document/notebook-document.ts';
import { NotebookSession } from '../../../pipeline/notebooks/session/notebook-session.ts';
import { brief, cell, documentOf, slider, sql } from './open-session.ts';
import { EchoPanels, EchoScripts } from './sum-engine.ts';

let workspace: string;
let open: NotebookSession[];

beforeEach(async () => {
  open = [];
  workspace = mkdtempSync(join(tmpdir(), 'strata-session-'));
  mkdirSync(join(workspace, 'tmp'));
  await write('select i as id, i % 7 as kind, (i * 37) % 1000 as amount from range(5000) t(i)');
});

afterEach(async () => {
  for (const session of open) await session.close();
  rmSync(workspace, { recursive: true, force: true });
});

async function write(query: string): Promise<void> {
  const next = join(workspace, 'next.duckdb');
  const engine = await openNativeEngine(next);
  const connection = await engine.connect();
  await connection.run('create schema if not exists silver');
  await connection.run(`create or replace table silver.sales as ${query}`);
  connection.close();
  await engine.close();
  renameSync(next, join(workspace, 'warehouse.duckdb'));
}

function start(document: NotebookDocument): { session: NotebookSession; tables: NotebookSql } {
  const warehouse = join(workspace, 'warehouse.duckdb');
  const tables = openNotebookSql({ workspace, warehouse, memoryLimit: '300MB' });
  const session = new NotebookSession({
    document,
    trusted: true,
    tables,
    panels: new EchoPanels(),
    scripts: new EchoScripts(),
    now: () => 0,
  });
  open.push(session);
  return { session, tables };
}

const chart = `%%strata chart\n${JSON.stringify({ data: 'by_kind', type: 'bar', x: 'kind', y: ['n'], aggregate: 'sum' })}`;

const cells = [
  cell('c', chart),
  cell(
    'b',
    sql(
      'by_kind',
      'select kind::varchar as kind, count(*) as n from big group by all order by all',
    ),
  ),
  cell(
    'a',
    sql(
      'big',
      'with s as (from silver.sales) select * from s where amount >= {{least}} order by id',
    ),
  ),
  cell('least', slider('least', 500)),
  cell('w', '%%strata chart\n{"data": "silver.sales", "type": "histogram", "x": "amount"}'),
];

test('a slider on real tables ends where running from scratch with its last value does', async () => {
  const { session } = start(documentOf(cells));
  await session.run('all');
  expect(brief(session)).toMatchObject({ a: 'done: 14     0     518' });
  for (let value = 100; value <= 900; value += 50) {
    session.update({ changed: [cell('least', slider('least', value))] });
    await new Promise((resolve) => setTimeout(resolve, value % 3));
  }
  await session.idle();
  const fresh = start(withoutOutputs(session.document));
  await fresh.session.run('all');
  expect(session.document.cells).toEqual(fresh.session.document.cells);
  expect(session.states()).toEqual(fresh.session.states());
  const page = tableFromIPC(await session.rows('a', 2, 3)).toArray() as { id: bigint }[];
  const whole = tableFromIPC(await fresh.session.rows('a', 0, 100)).toArray() as { id: bigint }[];
  expect(page).toEqual(whole.slice(2, 5));
});

test('new data reach live cells, and a pinned one keeps its rows though the tables have gone', async () => {
  const pinned = cell('p', sql('before', 'select count(*) as n from silver.sales'), {
    pinned: true,
  });
  const after = cell(
    'q',
    sql(null, 'select n, (select count(*) from silver.sales) as now from main.Before'),
  );
  const { session, tables } = start(documentOf([...cells, pinned, after]));
  await session.run('all');
  expect(brief(session)).toMatchObject({ p: 'done: 5000', q: 'done: 5000  5000' });
  await session.refresh(async () => {
    await write('select i as id, 1 as kind, 999 as amount from range(12) t(i)');
    await tables.refresh();
  });
  await session.idle();
  expect(brief(session)).toMatchObject({
    p: 'done: 5000',
    q: 'done: 5000   12',
    b: 'done: 1     12',
  });
});

test('a chart names the table that was meant, and a query that fails leaves the others', async () => {
  const { session } = start(
    documentOf([
      ...cells,
      cell('x', chart.replace('by_kind', 'by_kinds')),
      cell('y', sql(null, 'select nosuch from big')),
    ]),
  );
  await session.run('all');
  const states = new Map(
    session.states().map(({ id, status, error }) => [id, [status, error?.code]]),
  );
  expect(states.get('x')).toEqual(['failed', 'CELL_INVALID']);
  expect(states.get('y')).toEqual(['failed', 'SQL_INVALID']);
  expect(states.get('c')).toEqual(['done', undefined]);
  expect(brief(session)['x']).toBe(
    'failed: The cell cannot be used: there is no table "by_kinds". Did you mean "by_kind"?',
  );
});
