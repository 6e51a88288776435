import { tableFromIPC } from '@uwdata/flechette';
import { AppError, asAppError } from '../../contract/errors.ts';
import type { InputValue } from '../../contract/notebook.ts';
import type { Call, TableEngine } from '../../engine/table-engine.ts';
import { readCell, type ReadCell } from '../cells/cell-kind.ts';
import { fillInParameters } from '../cells/fill-in-parameters.ts';
import { fillInSql, type InputValues } from '../cells/fill-in.ts';
import type { NotebookDocument } from '../document/notebook-document.ts';
import { quotedTable } from '../figures/chart-columns.ts';
import type { SharedTable } from './treated-query.ts';

/** A table that is there before the notebook's SQL runs: one of the workspace, or what a panel made. */
export interface FoundTable extends SharedTable {
  readonly kind: 'workspace' | 'panel';
  /** Ids of the cells that read it. */
  readonly cells: readonly string[];
}

const panelKinds: ReadonlySet<string> = new Set(['features', 'tuning', 'kpis']);

export function isPanel(read: ReadCell): boolean {
  return panelKinds.has(read.kind);
}

/** What every engine has of its own: nothing of the workspace. */
const engineSchemas = new Set(['information_schema', 'pg_catalog', 'main', 'temp', 'system']);

/** The parts of a name as SQL writes it, without their quotes. */
function partsOf(name: string): string[] {
  return Array.from(name.matchAll(/"((?:[^"]|"")*)"|([^."]+)/g), ([, quoted, plain]) =>
    quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'),
  );
}

/** `silver.transactions` for every way to write it; null for a name without a schema, and for one of the engine's own. */
function workspaceTable(name: string): string | null {
  const parts = partsOf(name).map((part) => part.toLowerCase());
  const [schema, table] = parts.slice(-2);
  if (schema === undefined || table === undefined || engineSchemas.has(schema)) return null;
  return `${schema}.${table}`;
}

function inputsOf(reads: readonly ReadCell[]): InputValues {
  const values = new Map<string, InputValue>();
  for (const read of reads) {
    if (read.kind === 'input' && !values.has(read.name)) values.set(read.name, read.value);
  }
  return Object.fromEntries(values);
}

/** Names that a cell reads; none where it cannot be read, which running it tells. */
async function namesIn(
  read: ReadCell,
  values: InputValues,
  { source, call }: { readonly source: TableEngine; readonly call: Call },
): Promise<readonly string[]> {
  try {
    if (read.kind === 'sql') return await source.tableNames(fillInSql(read.sql, values), call);
    if (read.kind === 'chart') return [fillInParameters('chart', read.parameters, values).data];
  } catch (error) {
    const { code } = asAppError(error);
    if (code !== 'SQL_INVALID' && code !== 'CELL_INVALID' && code !== 'SQL_FORBIDDEN') throw error;
  }
  return [];
}

async function columnsOf(name: string, source: TableEngine, call: Call) {
  const sql = `select column_name, column_type from (describe select * from ${quotedTable(name)})`;
  const rows = tableFromIPC(await source.read({ sql }, call)).toColumns();
  const types: readonly unknown[] = Array.from(rows['column_type'] ?? []);
  return Array.from(rows['column_name'] ?? [], (column, at) => ({
    name: String(column),
    type: String(types[at]),
  }));
}

type Readers = Map<string, { readonly kind: FoundTable['kind']; readonly cells: Set<string> }>;

function add(readers: Readers, name: string, kind: FoundTable['kind'], cell: string | null): void {
  const found = readers.get(name) ?? { kind, cells: new Set<string>() };
  if (cell !== null) found.cells.add(cell);
  readers.set(name, found);
}

/** A table that is not there is left out: the cells that read it tell so when they run. */
async function described(readers: Readers, source: TableEngine, call: Call): Promise<FoundTable[]> {
  const found: FoundTable[] = [];
  for (const [name, { kind, cells }] of [...readers].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    try {
      const columns = await columnsOf(name, source, call);
      found.push({ name, kind, cells: [...cells], columns });
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'SQL_INVALID') throw error;
    }
  }
  return found;
}

/**
 * The tables that a notebook's cells read and do not make, with their columns. `source` has the workspace's tables, and
 * those that the notebook's panels made, under their names.
 */
export async function sharedTables(
  { cells }: NotebookDocument,
  source: TableEngine,
  call: Call = {},
): Promise<FoundTable[]> {
  const reads = cells.map((cell) => readCell(cell));
  const values = inputsOf(reads);
  const panels = new Map<string, string>();
  const readers: Readers = new Map();
  for (const read of reads) {
    if (!isPanel(read) || !('name' in read) || read.name === null) continue;
    panels.set(read.name.toLowerCase(), read.name);
    add(readers, read.name, 'panel', null);
  }
  for (const [at, read] of reads.entries()) {
    for (const name of await namesIn(read, values, { source, call })) {
      const [only = '', ...more] = partsOf(name);
      const panel = more.length === 0 ? panels.get(only.toLowerCase()) : undefined;
      const table = panel ?? workspaceTable(name);
      if (table !== null) {
        add(readers, table, panel === undefined ? 'workspace' : 'panel', cells[at]?.id ?? null);
      }
    }
  }
  return described(readers, source, call);
}
