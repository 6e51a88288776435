import { DuckDBEnumType } from '@duckdb/node-api';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { TableShape } from '../../table-engine.ts';
import { ownTable } from './notebook-database.ts';

/** The rows and columns of one of a notebook's tables; both stand in DuckDB's catalog. */
export async function tableShape(connection: DuckDBConnection, name: string): Promise<TableShape> {
  const counted = await connection.run(`select count(*) from ${ownTable(name)}`);
  const rows = Number((await counted.getRows())[0]?.[0] ?? 0);
  const prepared = await connection.prepare(`from ${ownTable(name)}`);
  try {
    const columns = Array.from({ length: prepared.columnCount }, (_, i) => {
      const type = prepared.columnType(i);
      // With its values an ENUM's name may be as long as the data.
      return {
        name: prepared.columnName(i),
        type: type instanceof DuckDBEnumType ? 'ENUM' : type.toString(),
      };
    });
    return { rows, columns };
  } finally {
    prepared.destroySync();
  }
}
