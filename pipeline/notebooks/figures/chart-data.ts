import { tableFromIPC } from '@uwdata/flechette';
import type { ColumnKind } from './chart-columns.ts';

export type Value = number | string | null;

/** The rows of a chart's query, by column. */
export interface ChartData {
  readonly rows: number;
  readonly column: (name: string) => readonly Value[];
  /** The first value of a column; null where there are no rows or no such column. */
  readonly first: (name: string) => Value;
}

function plain(value: unknown): Value {
  if (typeof value === 'string') return value;
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

export function readChartData(ipc: Uint8Array): ChartData {
  const table = tableFromIPC(ipc);
  const names = table.schema.fields.map(({ name }) => name);
  const read = (name: string): readonly Value[] => {
    const at = names.indexOf(name);
    return at < 0 ? [] : Array.from(table.getChildAt(at), plain);
  };
  const first = (name: string): Value => {
    const at = names.indexOf(name);
    return at < 0 || table.numRows === 0 ? null : plain(table.getChildAt(at).at(0));
  };
  return { rows: table.numRows, column: read, first };
}

/** The last bits of a sum depend on which thread came first. */
export function rounded(value: Value): Value {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
  return Number(value.toPrecision(12));
}

function isoText(value: Value): Value {
  if (typeof value !== 'number' || Math.abs(value) > 8.64e15) return null;
  return new Date(value)
    .toISOString()
    .replace(/Z$/, '')
    .replace(/\.000$/, '')
    .replace('T', ' ')
    .replace(/ 00:00:00$/, '');
}

/** Values as Plotly takes them: times as ISO 8601. */
export function axisValues(values: readonly Value[], kind: ColumnKind): readonly Value[] {
  return kind === 'time' ? values.map(isoText) : values;
}

const byText = new Intl.Collator('en', { numeric: true });

/** Texts as people put them in order: "try 2" before "try 10". */
export function compareTexts(a: Value, b: Value): number {
  return byText.compare(String(a), String(b));
}

export function distinct(values: readonly Value[]): Value[] {
  return [...new Set(values)];
}
