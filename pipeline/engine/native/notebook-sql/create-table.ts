import { StatementType, VARCHAR } from '@duckdb/node-api';
import type {
  DuckDBConnection,
  DuckDBDataChunk,
  DuckDBExtractedStatements,
} from '@duckdb/node-api';
import { AppError } from '../../../contract/errors.ts';
import { ownTable } from './notebook-database.ts';
import { readingStatement } from './reading-statement.ts';
import { replaceTable } from './replace-table.ts';

/** A PIVOT comes with a transaction of its own and the ENUM of its values. */
const made = new Set([StatementType.CREATE, StatementType.TRANSACTION]);

/** DESCRIBE and its like stand only where a FROM reads them. A comment at the end of the text ends with its line. */
async function wrapped(
  connection: DuckDBConnection,
  name: string,
  text: string,
): Promise<DuckDBExtractedStatements> {
  const start = `create or replace table ${ownTable(name)} as`;
  try {
    return await connection.extractStatements(`${start}\n${text}\n`);
  } catch {
    return await connection.extractStatements(`${start} from (\n${text}\n)`);
  }
}

async function createFromRows(
  connection: DuckDBConnection,
  { name, text }: { name: string; text: string },
  signal: AbortSignal,
): Promise<number> {
  const extracted = await wrapped(connection, name, text);
  let rows = 0;
  for (let i = 0; i < extracted.count; i++) {
    const prepared = await extracted.prepare(i);
    try {
      if (!made.has(prepared.statementType)) {
        throw new AppError('SQL_FORBIDDEN', { problem: 'this would do more than make a table' });
      }
      if (signal.aborted) throw new AppError('CANCELLED', { what: 'The query' });
      // Of a table that is made of a query DuckDB answers with its count, of all else with nothing.
      const [counted] = await (await prepared.run()).getRows();
      rows = Number(counted?.[0] ?? rows);
    } finally {
      prepared.destroySync();
    }
  }
  return rows;
}

/** What EXPLAIN says cannot be read by another statement. */
async function createFromExplanation(
  connection: DuckDBConnection,
  { name, text }: { name: string; text: string },
  signal: AbortSignal,
): Promise<number> {
  const result = await connection.run(text);
  const names = result.deduplicatedColumnNames();
  const found = await result.getColumns();
  const columns = found.map((values, i) => ({
    name: names[i] ?? '',
    type: VARCHAR,
    fill: (chunk: DuckDBDataChunk, index: number, from: number, to: number) =>
      chunk.setColumnValues(index, values.slice(from, to)),
  }));
  const rows = found[0]?.length ?? 0;
  await replaceTable(connection, { name, rows, columns }, signal);
  return rows;
}

/** Makes or replaces a table with one query's rows and tells how many; what goes wrong leaves the table that was there. */
export async function createTable(
  connection: DuckDBConnection,
  { name, sql }: { readonly name: string; readonly sql: string },
  signal: AbortSignal,
): Promise<number> {
  const { kind, text, prepared } = await readingStatement(sql, connection);
  prepared?.destroySync();
  try {
    return kind === 'explain'
      ? await createFromExplanation(connection, { name, text }, signal)
      : await createFromRows(connection, { name, text }, signal);
  } catch (error) {
    // A PIVOT's own transaction may be open.
    await connection.run('rollback').catch(() => undefined);
    throw error;
  }
}
