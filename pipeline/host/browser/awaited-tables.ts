import type { Call, TableEngine } from '../../engine/table-engine.ts';

/** Tables of an engine that is on its way: whoever asks waits for it, and hears why it does not come. */
export function awaitedTables(engine: Promise<TableEngine>): TableEngine {
  return {
    tableNames: async (sql: string, call?: Call) => (await engine).tableNames(sql, call),
    create: async (table, call) => (await engine).create(table, call),
    insert: async (table, call) => (await engine).insert(table, call),
    drop: async (name) => (await engine).drop(name),
    read: async (query, call) => (await engine).read(query, call),
    close: async () => (await engine).close(),
  };
}
