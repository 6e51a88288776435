import { type DuckDBConnection, StatementType } from '@duckdb/node-api';
import { namesOnly } from '../names-only.ts';

/** Of a table that is not there DuckDB gives the alias, too: `missing AS m`. */
const NAME = /^(?:"(?:[^"]|"")*"|[^\s".]+)(?:\.(?:"(?:[^"]|"")*"|[^\s".]+))*/;

/** Whether DuckDB can tell the names of a query at all: one more table must be among them. */
function canTell(connection: DuckDBConnection, sql: string): boolean {
  const more = connection.getTableNames(`from (${sql}\n) q, strata_probe`, true);
  return more.includes('strata_probe');
}

/** The tables that a statement reads; throws as DuckDB does, and for anything but one statement without parameters. */
export async function readTables(connection: DuckDBConnection, sql: string): Promise<string[]> {
  const statements = await connection.extractStatements(sql);
  if (statements.count !== 1) throw new Error('Invalid Input Error: Expected a single statement');
  const text = namesOnly(sql);
  const names = connection.getTableNames(text, true);
  // DuckDB gives no names for a statement that it refuses, too, without a word why; preparing it gives the word.
  if (names.length === 0) {
    const prepared = await statements.prepare(0);
    const { parameterCount, statementType } = prepared;
    prepared.destroySync();
    if (parameterCount > 0) throw new Error('Binder Error: Unexpected prepared parameter.');
    if (statementType === StatementType.SELECT && !canTell(connection, text)) {
      throw new Error('Binder Error: the tables of this query cannot be told');
    }
  }
  return [...new Set(names.map((name) => NAME.exec(name)?.[0] ?? name))].toSorted();
}
