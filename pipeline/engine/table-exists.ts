import type { Connection } from './engine.ts';

/** Whether there is a table, no view, of this name with its schema, such as "gold.segment_kpis". */
export async function tableExists(connection: Connection, table: string): Promise<boolean> {
  const found = await connection.rows(
    `select 1 from duckdb_tables() where database_name = current_database()
     and concat(schema_name, '.', table_name) = $table`,
    { table },
  );
  return found.length > 0;
}
