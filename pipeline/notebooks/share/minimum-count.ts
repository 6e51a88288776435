import type { Call, TableEngine, TableShape } from '../../engine/table-engine.ts';
import { enoughPeople } from './people-counts.ts';
import { quotedName } from '../../engine/sql-quoting.ts';

/**
 * The engine with groups of too few people taken out of every table that a cell makes, where a column counts them; charts
 * that count rows themselves see to it by `minimumCount`.
 */
export function withMinimumCount(tables: TableEngine, minimumCount: number): TableEngine {
  if (minimumCount === 0) return tables;
  const suppressed = async (
    name: string,
    shape: TableShape,
    call: Call | undefined,
  ): Promise<TableShape> => {
    const enough = enoughPeople(shape.columns, minimumCount);
    if (enough === null) return shape;
    // Without the first rows that came along: they were of all groups.
    return tables.create({ name, sql: `select * from ${quotedName(name)} where ${enough}` }, call);
  };
  return {
    minimumCount,
    tableNames: (sql, call) => tables.tableNames(sql, call),
    create: async (table, call) => suppressed(table.name, await tables.create(table, call), call),
    insert: async (table, call) => suppressed(table.name, await tables.insert(table, call), call),
    drop: (name) => tables.drop(name),
    read: (query, call) => tables.read(query, call),
    close: () => tables.close(),
  };
}
