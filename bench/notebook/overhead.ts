import { join } from 'node:path';
import { openNotebookSql } from '../../pipeline/engine/native/notebook-sql/notebook-sql.ts';
import { NotebookSession } from '../../pipeline/notebooks/session/notebook-session.ts';
import { say } from '../report.ts';
import type { Part } from '../segmentation/comparison.ts';
import { inMs, percentile } from './spread.ts';
import { bankWorkspace } from './workspaces.ts';
import { query, slider, sliderCells, sliderSource } from './written.ts';

const WARM_UP = 5;

function none(): Promise<never> {
  return Promise.reject(new Error('Only queries are run here.'));
}

interface Times {
  readonly bare: number[];
  readonly cell: number[];
}

/** The same query with other values by turns: alone, and as a cell that an input changes. */
async function byTurns(workspace: string, steps: number): Promise<Times> {
  const warehouse = join(workspace, 'warehouse.duckdb');
  const tables = openNotebookSql({ workspace, warehouse });
  const session = new NotebookSession({
    document: {
      cells: sliderCells.filter(({ id }) => id !== 'chart'),
      metadata: {},
      mode: 'reactive',
      text: null,
    },
    trusted: true,
    tables,
    panels: { run: none },
    scripts: { run: none, close: async () => {} },
  });
  const bare: number[] = [];
  const cell: number[] = [];
  try {
    await session.run('all');
    for (let step = 0; step < WARM_UP + steps; step += 1) {
      const value = ((step * 37) % slider.max) + 1;
      const began = performance.now();
      await tables.read({ sql: query.replaceAll('{{k}}', String(value)) });
      const between = performance.now();
      const source = sliderSource(value + 0.5);
      const folded = { source: false, outputs: false };
      session.update({
        changed: [{ id: slider.id, type: 'code', source, pinned: false, folded }],
      });
      await session.idle();
      bare.push(between - began);
      cell.push(performance.now() - between);
    }
    const failed = session.states().find(({ status }) => status === 'failed');
    if (failed !== undefined) throw new Error(failed.error?.message ?? 'A cell failed.');
  } finally {
    await session.close();
  }
  return { bare: bare.slice(WARM_UP), cell: cell.slice(WARM_UP) };
}

/** What a cell takes beyond its query: planning, making its table, the rows that it shows, its outputs. */
export async function ofCell(rows: number, steps: number): Promise<Part> {
  const workspace = await bankWorkspace(rows);
  say(`a cell beside its bare query: ${steps} turns`);
  const { bare, cell } = await byTurns(workspace, steps);
  const beyond = percentile(
    cell.map((time, at) => time - (bare[at] ?? time)),
    0.5,
  );
  const [alone, whole] = [percentile(bare, 0.5), percentile(cell, 0.5)];
  return {
    comparisons: [],
    notes: [
      [
        'a cell: median beyond the bare query through the same engine (aim: under 10 ms)',
        inMs(beyond),
      ],
      ['a cell: as a ratio to the bare query', `${(whole / alone).toFixed(2)}x of ${inMs(alone)}`],
    ],
    figures: {
      'overhead beyond (ms)': beyond,
      'overhead bare (ms)': alone,
      'overhead cell (ms)': whole,
      'overhead ratio': whole / alone,
    },
  };
}
