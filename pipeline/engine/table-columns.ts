import type { Connection } from './engine.ts';

/** The names of a table's columns, or of those only that take no NULL. `table` is SCHEMA.NAME of the workspace itself. */
export async function tableColumns(
  connection: Connection,
  table: string,
  options: { notNull?: boolean } = {},
): Promise<ReadonlySet<string | null>> {
  const names = await connection.strings(
    `select column_name from duckdb_columns()
     where database_name = current_database() and concat(schema_name, '.', table_name) = $table
       ${options.notNull === true ? 'and not is_nullable' : ''}`,
    { table },
  );
  return new Set(names);
}
