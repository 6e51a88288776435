import type { Table } from '@uwdata/flechette';
import { AppError } from '../../contract/errors.ts';
import { engineError } from '../engine-error.ts';
import type {
  ArrowOptions,
  ColumnData,
  Connection,
  NumericResult,
  Row,
  SqlParameters,
  SqlValue,
} from '../engine.ts';
import { endMark } from './arrow-messages.ts';
import { readerOf } from './arrow-values.ts';
import { changedRows } from './changed-rows.ts';
import { uniqueNames } from './column-names.ts';
import { encodeColumns } from './encode-columns.ts';
import { numericColumns } from './numeric-columns.ts';
import { readTables } from './read-tables.ts';
import { resultTable, streamResult } from './results.ts';
import type { StatementRunner } from './statement-runner.ts';
import { withVariables } from './with-variables.ts';
import { quotedName } from '../sql-quoting.ts';

/** Where errors name a file there is none but memory. */
const PATH = ':memory:';

const AGAIN_AFTER_MS = 20;

/** Columns to append pass through this table of the connection's own. */
const STAGED = 'strata_appended';

function textOf(value: SqlValue): string | null {
  if (value === null || typeof value === 'string') return value;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

export class WasmConnection implements Connection {
  readonly #statements: StatementRunner;
  readonly memoryLimit: number;
  #reserved: ReadonlySet<string | null> | undefined;
  #inTransaction = false;
  #streaming = false;
  /** What was interrupted has been rolled back: the transaction around it must neither go on nor commit. */
  #aborted = false;

  constructor(statements: StatementRunner, memoryLimit: number) {
    this.#statements = statements;
    this.memoryLimit = memoryLimit;
  }

  async run(sql: string, parameters?: SqlParameters): Promise<number> {
    return changedRows(sql, await this.#execute(sql, parameters));
  }

  async rows<T extends Row = Row>(sql: string, parameters?: SqlParameters): Promise<T[]> {
    const table = await this.#execute(sql, parameters);
    const names = uniqueNames(table.schema.fields.map(({ name }) => name));
    const readers = table.schema.fields.map(({ type }) => readerOf(type));
    const rows: T[] = [];
    for (let row = 0; row < table.numRows; row++) {
      const cells = names.map((name, i) => [name, readers[i]?.(table.getChildAt(i)?.at(row))]);
      rows.push(Object.fromEntries(cells) as T);
    }
    return rows;
  }

  async numbers(sql: string, parameters?: SqlParameters): Promise<NumericResult> {
    return numericColumns(await this.#execute(sql, parameters));
  }

  async strings(sql: string, parameters?: SqlParameters): Promise<(string | null)[]> {
    const column = (await this.#execute(sql, parameters)).getChildAt(0);
    if (column === undefined) return [];
    const read = readerOf(column.type);
    return Array.from(column, (value) => textOf(read(value)));
  }

  async *arrow(sql: string, options: ArrowOptions = {}): AsyncIterable<Uint8Array> {
    const { parameters, limit, signal } = options;
    this.#requireIdle();
    this.#streaming = true;
    let again: ReturnType<typeof setInterval> | undefined;
    // The statement may still wait for the one before it.
    const onAbort = (): void => {
      this.interrupt();
      again = setInterval(() => this.interrupt(), AGAIN_AFTER_MS);
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    const assertNotAborted = (): void => {
      if (signal?.aborted === true) throw new AppError('CANCELLED', { what: 'The query' });
    };
    try {
      assertNotAborted();
      for await (const piece of streamResult(
        this.#statements,
        withVariables(sql, parameters),
        limit,
      )) {
        assertNotAborted();
        yield piece;
      }
      assertNotAborted();
      yield endMark();
    } catch (error) {
      throw this.#told(error);
    } finally {
      signal?.removeEventListener('abort', onAbort);
      clearInterval(again);
      this.#streaming = false;
    }
  }

  async tableNames(sql: string): Promise<string[]> {
    this.#requireIdle();
    try {
      const names = (text: string): Promise<string[]> => this.#statements.tableNames(text);
      return await readTables({ names, keywords: await this.#keywords() }, sql);
    } catch (error) {
      throw this.#told(error);
    }
  }

  async append(table: string, columns: readonly ColumnData[]): Promise<void> {
    const { ipc, rows, definition, selection } = encodeColumns(columns);
    const target = table.split('.', 2).map(quotedName).join('.');
    await this.transaction(async () => {
      await this.run(`create or replace temp table ${STAGED} (${definition})`);
      if (rows > 0) await this.#stage(ipc);
      await this.run(`insert into ${target} select ${selection} from temp.${STAGED}`);
      await this.run(`drop table temp.${STAGED}`);
    });
  }

  async transaction<T>(work: () => Promise<T>): Promise<T> {
    if (this.#inTransaction) return work();
    await this.run('begin transaction');
    this.#inTransaction = true;
    try {
      const value = await work();
      await this.run('commit');
      return value;
    } catch (error) {
      this.#aborted = false;
      await this.run('rollback').catch(() => undefined);
      throw error;
    } finally {
      this.#aborted = false;
      this.#inTransaction = false;
    }
  }

  /** WebAssembly has 4 GiB and no disk to spill to: there is no more to have. */
  moreMemory(): Promise<boolean> {
    return Promise.resolve(false);
  }

  interrupt(): void {
    this.#statements.interrupt();
  }

  progress(): number | null {
    return this.#statements.percentage;
  }

  close(): void {
    this.#statements.close();
  }

  /** The words that DuckDB writes quoted where they are names. */
  async #keywords(): Promise<ReadonlySet<string | null>> {
    this.#reserved ??= new Set(
      await this.strings(
        "select keyword_name from duckdb_keywords() where keyword_category <> 'unreserved'",
      ),
    );
    return this.#reserved;
  }

  async #stage(ipc: Uint8Array): Promise<void> {
    try {
      await this.#statements.insertArrow(STAGED, 'temp', ipc);
    } catch (error) {
      throw this.#told(error);
    }
  }

  async #execute(sql: string, parameters?: SqlParameters): Promise<Table> {
    this.#requireIdle();
    try {
      return await resultTable(this.#statements, withVariables(sql, parameters));
    } catch (error) {
      throw this.#told(error);
    }
  }

  #told(error: unknown): AppError {
    const known = engineError(error, PATH);
    if (known.code === 'CANCELLED' && this.#inTransaction) this.#aborted = true;
    return known;
  }

  /** A further statement would cut the stream short, or do on its own what belongs to a transaction that is gone. */
  #requireIdle(): void {
    if (this.#streaming) {
      const problem = 'a connection was used while its result was streaming';
      throw new AppError('INTERNAL', { problem });
    }
    if (this.#aborted) {
      const problem = 'TransactionContext Error: Current transaction is aborted (please ROLLBACK)';
      throw new AppError('SQL_INVALID', { problem });
    }
  }
}
