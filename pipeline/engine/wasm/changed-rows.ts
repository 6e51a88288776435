import { type Table, Type } from '@uwdata/flechette';
import { sqlTokens } from '../sql-tokens.ts';

const CHANGES: ReadonlySet<string> = new Set(['insert', 'update', 'delete', 'merge', 'copy']);

/** The last statement's own words: a CREATE TABLE AS counts its rows, too, but changes none. */
function changes(sql: string): boolean {
  let found = false;
  for (const { kind, text } of sqlTokens(sql)) {
    if (text === ';') found = false;
    else if (kind === 'word' && CHANGES.has(text.toLowerCase())) found = true;
  }
  return found;
}

/** How many rows a statement changed: DuckDB answers with a single "Count". */
export function changedRows(sql: string, result: Table): number {
  const [field, ...more] = result.schema.fields;
  if (field?.name !== 'Count' || field.type.typeId !== Type.Int || more.length > 0) return 0;
  if (result.numRows !== 1 || !changes(sql.replace(/[\s;]+$/, ''))) return 0;
  return Number(result.getChildAt(0)?.at(0) ?? 0);
}
