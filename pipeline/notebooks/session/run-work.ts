import { tableFromIPC } from '@uwdata/flechette';
import { AppError } from '../../contract/errors.ts';
import type { ChartParameters, InputValue } from '../../contract/notebook.ts';
import { didYouMean } from '../cells/nearest.ts';
import type { JsonObject } from '../document/notebook-document.ts';
import { quotedTable, type TableColumn } from '../figures/chart-columns.ts';
import { chartFigure } from '../figures/chart-figure.ts';
import { chartQuery } from '../figures/chart-query.ts';
import { drawsSegments, givenNames, withSegmentColours } from '../figures/segment-colours.ts';
import { plotlyOutput } from '../outputs/plotly-output.ts';
import { tableOutputs } from '../outputs/table-outputs.ts';
import type { CellWork } from './cell-work.ts';
import type { PanelRunner, ScriptRunner, TableEngine, TableShape } from './ports.ts';
import { segmentIds } from './segment-ids.ts';
import { quotedName } from '../../engine/sql-quoting.ts';

/** Who does the work of cells. */
export interface Workers {
  readonly tables: TableEngine;
  readonly panels: PanelRunner;
  readonly scripts: ScriptRunner;
}

/** What a cell may take from others: all of it up to date. */
export interface Surroundings {
  /** Where the cell's own rows go. */
  readonly table: string;
  /** Told before the table is made; the name is then this cell's. */
  readonly takeTable: () => void;
  readonly onProgress: (share: number, note: string) => void;
  /** Names that the cell reads and others define. */
  readonly reads: readonly string[];
  readonly valueOf: (name: string) => InputValue | undefined;
  /** A table that another cell made. */
  readonly tableOf: (name: string) => { readonly table: string; readonly shape: TableShape } | null;
  /** Columns of tables of the workspace, as they were read before. */
  readonly columns: Map<string, readonly TableColumn[]>;
  /** All names that a chart could mean. */
  readonly names: readonly string[];
}

export interface Done {
  readonly outputs: readonly JsonObject[];
  readonly table: { readonly name: string; readonly shape: TableShape } | null;
}

const shownRows = 20;

async function runSql(
  { sql }: Extract<CellWork, { kind: 'sql' }>,
  { table, takeTable }: Surroundings,
  { tables }: Workers,
  signal: AbortSignal,
): Promise<Done> {
  takeTable();
  const wanted = { name: table, sql, first: shownRows };
  const { first, ...shape } = await tables.create(wanted, { signal });
  const rows = { sql: `select * from ${quotedName(table)} limit ${shownRows}`, limit: shownRows };
  const ipc = first ?? (await tables.read(rows, { signal }));
  return { outputs: tableOutputs(ipc, { rows: shape.rows }), table: { name: table, shape } };
}

/** Columns of a table of the workspace; one that is not there is told with the name that is most like it. */
async function columnsOf(
  data: string,
  { columns, names }: Surroundings,
  { tables }: Workers,
  signal: AbortSignal,
): Promise<readonly TableColumn[]> {
  const known = columns.get(data);
  if (known !== undefined) return known;
  const sql = `select column_name, column_type from (describe select * from ${quotedTable(data)})`;
  const ipc = await tables.read({ sql }, { signal }).catch((error: unknown) => {
    if (!(error instanceof AppError) || error.code !== 'SQL_INVALID' || data.includes('.'))
      throw error;
    const problem = `there is no table "${data}".${didYouMean(data, names)}`;
    throw new AppError('CELL_INVALID', { problem }, { cause: error });
  });
  const rows = tableFromIPC(ipc).toColumns();
  const types: readonly unknown[] = Array.from(rows['column_type'] ?? []);
  const found = Array.from(rows['column_name'] ?? [], (name, at) => ({
    name: String(name),
    type: String(types[at]),
  }));
  columns.set(data, found);
  return found;
}

async function runChart(
  asked: ChartParameters,
  around: Surroundings,
  workers: Workers,
  signal: AbortSignal,
): Promise<Done> {
  const made = around.tableOf(asked.data);
  const columns = made?.shape.columns ?? (await columnsOf(asked.data, around, workers, signal));
  const { minimumCount = 0 } = workers.tables;
  const rows = made?.shape.rows ?? null;
  const sql = chartQuery(asked, columns, { rows, least: minimumCount });
  const [ipc, segments] = await Promise.all([
    workers.tables.read({ sql }, { signal }),
    drawsSegments(asked) ? segmentIds(workers.tables, signal) : givenNames,
  ]);
  const figure = withSegmentColours(chartFigure(asked, columns, ipc), asked, segments);
  return { outputs: [plotlyOutput(figure)], table: null };
}

/** What a panel or a script gave; its rows become the table of the cell. */
async function keepTable(
  result: Awaited<ReturnType<PanelRunner['run']>>,
  { table, takeTable }: Surroundings,
  { tables }: Workers,
  signal: AbortSignal,
): Promise<Done> {
  if (result.table === undefined) return { outputs: result.outputs, table: null };
  takeTable();
  const shape = await tables.insert({ name: table, ipc: result.table }, { signal });
  return { outputs: result.outputs, table: { name: table, shape } };
}

async function runScript(
  { code, language }: Extract<CellWork, { kind: 'script' }>,
  around: Surroundings,
  workers: Workers,
  signal: AbortSignal,
): Promise<Done> {
  const values: Record<string, InputValue> = Object.create(null);
  const asked: Promise<readonly [string, Uint8Array]>[] = [];
  for (const name of around.reads) {
    const value = around.valueOf(name);
    const made = around.tableOf(name);
    if (value !== undefined) values[name] = value;
    else if (made !== null) {
      const sql = `select * from ${quotedName(made.table)}`;
      asked.push(workers.tables.read({ sql }, { signal }).then((ipc) => [name, ipc] as const));
    }
  }
  const tables = Object.fromEntries(await Promise.all(asked));
  const script = { code, language, values: { ...values }, tables };
  return keepTable(await workers.scripts.run(script, { signal }), around, workers, signal);
}

/** Runs one cell; throws what its worker threw. */
export async function runWork(
  work: CellWork,
  around: Surroundings,
  workers: Workers,
  signal: AbortSignal,
): Promise<Done> {
  switch (work.kind) {
    case 'sql':
      return runSql(work, around, workers, signal);
    case 'chart':
      return runChart(work.parameters, around, workers, signal);
    case 'panel': {
      const panel = { kind: work.panel, parameters: work.parameters };
      const { onProgress } = around;
      const result = await workers.panels.run(panel, { signal, onProgress });
      return keepTable(result, around, workers, signal);
    }
    case 'script':
      return runScript(work, around, workers, signal);
    case 'input':
    case 'nothing':
      return { outputs: [], table: null };
  }
}
