import { AppError } from '../../contract/errors.ts';
import type { ChartParameters } from '../../contract/notebook.ts';
import { nearestName } from '../../workspace/nearest-name.ts';
import { quotedName } from '../../engine/sql-quoting.ts';

/** A column of a table, its type in DuckDB's words. */
export interface TableColumn {
  readonly name: string;
  readonly type: string;
}

export type ColumnKind = 'number' | 'time' | 'category';

/** The columns that a chart draws, found in its table. */
export interface ChartColumns {
  readonly x: TableColumn;
  readonly y: readonly TableColumn[];
  readonly colour: TableColumn | null;
}

const numbers = /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL(\(\d+, ?\d+\))?)$/;
const times = /^(DATE|TIMESTAMP(_S|_MS|_NS)?( WITH TIME ZONE)?)$/;

export function columnKind({ type }: TableColumn): ColumnKind {
  if (numbers.test(type)) return 'number';
  return times.test(type) ? 'time' : 'category';
}

export function isWhole({ type }: TableColumn): boolean {
  return /INT(EGER)?$/.test(type);
}

/** The table of a chart: `top_customers`, `silver.transactions`. */
export function quotedTable(data: string): string {
  return data.split('.').map(quotedName).join('.');
}

function invalid(problem: string): AppError {
  return new AppError('CELL_INVALID', { problem });
}

function find(name: string, columns: readonly TableColumn[], data: string): TableColumn {
  const found =
    columns.find((column) => column.name === name) ??
    columns.find((column) => column.name.toLowerCase() === name.toLowerCase());
  if (found !== undefined) return found;
  const names = columns.map((column) => column.name);
  const near = nearestName(name, names);
  const meant = near === null ? '.' : `; did you mean "${near}"?`;
  throw invalid(`"${data}" has no column "${name}"${meant}`);
}

/** What each type of chart needs beside `x`. */
function checkNeeds({ type, aggregate, y }: ChartParameters): void {
  if (type === 'histogram' || type === 'box') return;
  if (type === 'heatmap' && y.length === 0) {
    throw invalid('a heatmap needs a column "y" beside "x", and a second one for its colours.');
  }
  if (y.length === 0 && aggregate !== 'count') {
    throw invalid(`a ${type} chart needs a column "y", or the aggregate "count".`);
  }
}

function checkNumbers({ type, aggregate }: ChartParameters, columns: ChartColumns): void {
  if (type === 'histogram' || aggregate === 'count') return;
  const measured = type === 'heatmap' ? columns.y.slice(1) : columns.y;
  const drawn = type === 'box' && measured.length === 0 ? [columns.x] : measured;
  const wrong = drawn.find((column) => columnKind(column) !== 'number');
  if (wrong !== undefined) {
    throw invalid(`the column "${wrong.name}" is of type ${wrong.type}, and a number is needed.`);
  }
}

/** Finds what a chart draws in the columns of its table; throws CELL_INVALID, which names the nearest column. */
export function chartColumns(
  parameters: ChartParameters,
  columns: readonly TableColumn[],
): ChartColumns {
  const at = (name: string): TableColumn => find(name, columns, parameters.data);
  checkNeeds(parameters);
  const found = {
    x: at(parameters.x),
    y: parameters.y.map(at),
    colour: parameters.colour === null ? null : at(parameters.colour),
  };
  checkNumbers(parameters, found);
  return found;
}
