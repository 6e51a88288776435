import type { ChartParameters } from '../../contract/notebook.ts';
import { columnKind, type TableColumn } from './chart-columns.ts';
import { quotedName } from '../../engine/sql-quoting.ts';

/** So many rows are drawn at most; a page with more of them would not move. */
export const drawnRows = 50_000;

/** So many bars or boxes stand beside each other at most. */
export const drawnCategories = 200;

/** What stands on an axis where a text is NULL. */
export const nothing = '(none)';

/** A number, milliseconds since 1970 UTC, or a text; NULL where the value cannot be drawn. */
export function axisSql(column: TableColumn): string {
  const name = quotedName(column.name);
  switch (columnKind(column)) {
    case 'number':
      return numberSql(column);
    case 'time':
      return `case when isfinite(${name}) then cast(epoch_ms(${name}) as double) end`;
    case 'category':
      return textSql(column);
  }
}

export function numberSql(column: TableColumn): string {
  const name = quotedName(column.name);
  if (!/^(FLOAT|DOUBLE)$/.test(column.type)) return `cast(${name} as double)`;
  return `case when isfinite(${name}) then cast(${name} as double) end`;
}

export function textSql(column: TableColumn): string {
  return `coalesce(cast(${quotedName(column.name)} as varchar), '${nothing}')`;
}

/** Sums are taken of the values as they are, so that those of DECIMALs are exact. */
export function aggregateSql(
  aggregate: ChartParameters['aggregate'],
  column: string | null,
): string {
  if (column === null) return 'cast(count(*) as double)';
  switch (aggregate) {
    case 'count':
      return `cast(count(${column}) as double)`;
    case 'none':
    case 'mean':
      return `cast(avg(${column}) as double)`;
    case 'sum':
    case 'median':
    case 'min':
    case 'max':
      return `cast(${aggregate}(${column}) as double)`;
  }
}
