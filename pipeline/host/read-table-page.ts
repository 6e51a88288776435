import { AppError } from '../contract/errors.ts';
import type { Cell, TablePage } from '../contract/schemas.ts';
import type { Connection, SqlValue } from '../engine/engine.ts';

/** Longer texts are cut for the screen; SQL shows them whole. */
const LONGEST_TEXT = 2000;

function bytesText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return `0x${Array.from(bytes.subarray(0, 1000), (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
  }
}

function cellOf(value: SqlValue): Cell {
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value === 'string') return value.slice(0, LONGEST_TEXT);
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Uint8Array)
    return bytesText(value.subarray(0, LONGEST_TEXT * 4)).slice(0, LONGEST_TEXT);
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'bigint' ? item.toString() : item,
  ).slice(0, LONGEST_TEXT);
}

/**
 * What holds the rows of one page to the next: DuckDB promises no order, and while a run works it does not even keep
 * that of insertion. A view has no rowid; the records' positions stand for it, picked first without their bytes.
 */
async function orderedPage(
  connection: Connection,
  input: { schema: string; name: string; offset: number; limit: number },
): Promise<string> {
  const { schema, name, offset, limit } = input;
  const quoted = `"${schema}"."${name}"`;
  const part = `limit ${limit} offset ${offset}`;
  if (schema === 'raw' && name === 'records') {
    const place = 'batch_id, source_id, partition, position';
    return `select * from ${quoted}
      where (${place}) in (select (${place}) from ${quoted} order by ${place} ${part}) order by ${place}`;
  }
  const [found] = await connection.rows<{ views: number }>(
    'select count(*) as views from duckdb_views() where schema_name = $schema and view_name = $name',
    { schema, name },
  );
  if ((found?.views ?? 0) > 0) return `select * from ${quoted} order by all ${part}`;
  return `select * from ${quoted} order by rowid ${part}`;
}

/** A page of a table or view of the layers; its name is looked up, never pasted from what was asked. */
export async function readTablePage(
  connection: Connection,
  input: { table: string; offset: number; limit: number },
): Promise<TablePage> {
  const columns = await connection.rows<{ name: string; type: string }>(
    `select column_name as name, data_type as type from duckdb_columns()
     where concat(schema_name, '.', table_name) = $table
       and schema_name in ('raw', 'silver', 'features', 'gold', 'ops') and not internal
     order by column_index`,
    { table: input.table },
  );
  if (columns.length === 0) throw new AppError('TABLE_UNKNOWN', { table: input.table });
  const [schema = '', name = ''] = input.table.split('.', 2);
  const quoted = `"${schema}"."${name}"`;
  const [total] = await connection.rows<{ n: number }>(`select count(*) as n from ${quoted}`);
  const { offset, limit } = input;
  const rows = await connection.rows(
    await orderedPage(connection, { schema, name, offset, limit }),
  );
  return {
    table: input.table,
    columns,
    rows: rows.map((row) => columns.map((column) => cellOf(row[column.name] ?? null))),
    total: total?.n ?? 0,
  };
}
