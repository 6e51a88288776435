import { DuckDBTypeId } from '@duckdb/node-api';
import type { DuckDBConnection, DuckDBMaterializedResult, DuckDBResult } from '@duckdb/node-api';
import { AppError } from '../../contract/errors.ts';
import type {
  ArrowOptions,
  ColumnData,
  Connection,
  NumericResult,
  Row,
  SqlParameters,
} from '../engine.ts';
import { appendColumns } from './append-columns.ts';
import { arrowStream } from './arrow-stream.ts';
import { engineError } from '../engine-error.ts';
import { doublesOf } from './doubles-of.ts';
import { readTables } from './read-tables.ts';
import { bindParameters, fromDuckDB } from './values.ts';

const CHUNK = 2048;

const AGAIN_AFTER_MS = 20;

const NUMERIC: ReadonlySet<DuckDBTypeId> = new Set([
  DuckDBTypeId.BOOLEAN,
  DuckDBTypeId.TINYINT,
  DuckDBTypeId.SMALLINT,
  DuckDBTypeId.INTEGER,
  DuckDBTypeId.BIGINT,
  DuckDBTypeId.UTINYINT,
  DuckDBTypeId.USMALLINT,
  DuckDBTypeId.UINTEGER,
  DuckDBTypeId.UBIGINT,
  DuckDBTypeId.HUGEINT,
  DuckDBTypeId.UHUGEINT,
  DuckDBTypeId.FLOAT,
  DuckDBTypeId.DOUBLE,
  DuckDBTypeId.DECIMAL,
  DuckDBTypeId.SQLNULL,
]);

/** The engine, as far as its connections ask it for memory. */
export interface MemoryOwner {
  readonly memoryLimit: number;
  moreMemory(run: (sql: string) => Promise<unknown>): Promise<boolean>;
}

export class NativeConnection implements Connection {
  readonly #connection: DuckDBConnection;
  readonly #path: string;
  readonly #memory: MemoryOwner;
  #inTransaction = false;
  #streaming = false;

  constructor(connection: DuckDBConnection, path: string, memory: MemoryOwner) {
    this.#connection = connection;
    this.#path = path;
    this.#memory = memory;
  }

  async run(sql: string, parameters?: SqlParameters): Promise<number> {
    const result = await this.#execute(sql, parameters);
    return result.rowsChanged;
  }

  async rows<T extends Row = Row>(sql: string, parameters?: SqlParameters): Promise<T[]> {
    const result = await this.#execute(sql, parameters);
    const names = result.deduplicatedColumnNames();
    const rows: T[] = [];
    for await (const chunk of result) {
      for (const values of chunk.getRows()) {
        rows.push(
          Object.fromEntries(names.map((name, i) => [name, fromDuckDB(values[i] ?? null)])) as T,
        );
      }
    }
    return rows;
  }

  async numbers(sql: string, parameters?: SqlParameters): Promise<NumericResult> {
    const result = await this.#execute(sql, parameters);
    const names = result.deduplicatedColumnNames();
    const text = names.findIndex((_, i) => !NUMERIC.has(result.columnTypeId(i)));
    if (text >= 0) throw noNumbers(names[text] ?? '');
    const rows = result.rowCount;
    const columns = names.map((name, i) => ({
      name,
      isDouble: result.columnTypeId(i) === DuckDBTypeId.DOUBLE,
      values: new Float64Array(rows),
    }));
    let start = 0;
    for await (const chunk of result) {
      // Each asking for it is a call of the engine.
      const { rowCount } = chunk;
      for (const [index, column] of columns.entries()) {
        const doubles = column.isDouble ? doublesOf(chunk, index) : null;
        if (doubles !== null) {
          column.values.set(doubles, start);
          continue;
        }
        const vector = chunk.getColumnVector(index);
        for (let i = 0; i < rowCount; i++) {
          const value = fromDuckDB(vector.getItem(i));
          column.values[start + i] = value === null ? Number.NaN : numeric(value, column.name);
        }
      }
      start += rowCount;
    }
    return { rows, columns: Object.fromEntries(columns.map(({ name, values }) => [name, values])) };
  }

  async strings(sql: string, parameters?: SqlParameters): Promise<(string | null)[]> {
    const result = await this.#execute(sql, parameters);
    const values: (string | null)[] = [];
    for await (const chunk of result) {
      for (const value of chunk.getColumnValues(0)) {
        values.push(value === null ? null : String(value));
      }
    }
    return values;
  }

  async *arrow(sql: string, options: ArrowOptions = {}): AsyncIterable<Uint8Array> {
    const { parameters, limit, signal } = options;
    let again: ReturnType<typeof setInterval> | undefined;
    // An interrupt that meets no statement is lost, and this one may be about to start.
    const onAbort = (): void => {
      this.interrupt();
      again = setInterval(() => this.interrupt(), AGAIN_AFTER_MS);
    };
    this.#requireIdle();
    this.#streaming = true;
    let drained = false;
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      if (signal?.aborted === true) throw new AppError('CANCELLED', { what: 'The query' });
      const result = await this.#stream(sql, parameters);
      yield* arrowStream(result, {
        ...(limit === undefined ? {} : { limit }),
        ...(signal === undefined ? {} : { signal }),
      });
      drained = limit === undefined;
    } catch (error) {
      throw engineError(error, this.#path);
    } finally {
      signal?.removeEventListener('abort', onAbort);
      clearInterval(again);
      // A result that was not read to its end holds its transaction, even past the close, and so every checkpoint.
      if (!drained) await this.#connection.run('select 1').catch(() => undefined);
      this.#streaming = false;
    }
  }

  async tableNames(sql: string): Promise<string[]> {
    this.#requireIdle();
    try {
      return await readTables(this.#connection, sql);
    } catch (error) {
      throw engineError(error, this.#path);
    }
  }

  async append(table: string, columns: readonly ColumnData[]): Promise<void> {
    try {
      // Closing an appender that failed commits the chunks before, where no transaction holds them.
      await this.transaction(() =>
        appendColumns(this.#connection, { table, columns, chunkRows: CHUNK }),
      );
    } catch (error) {
      throw engineError(error, this.#path);
    }
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
      // An interrupted or failed COMMIT has already rolled back; the first error is the one to tell.
      await this.#rollback();
      throw error;
    } finally {
      this.#inTransaction = false;
    }
  }

  /** Whoever interrupts may do so again and hit the ROLLBACK itself, which must not leave the transaction open. */
  async #rollback(): Promise<void> {
    for (let tries = 0; tries < 100; tries++) {
      const error = await this.run('rollback').then(
        () => undefined,
        (error: unknown) => error,
      );
      if (!(error instanceof AppError) || error.code !== 'CANCELLED') return;
    }
  }

  get memoryLimit(): number {
    return this.#memory.memoryLimit;
  }

  moreMemory(): Promise<boolean> {
    return this.#memory.moreMemory((sql) => this.run(sql));
  }

  interrupt(): void {
    this.#connection.interrupt();
  }

  progress(): number | null {
    const { percentage } = this.#connection.progress;
    return percentage < 0 ? null : percentage;
  }

  close(): void {
    this.#connection.closeSync();
  }

  /** A further statement would cut the stream short without a word. */
  #requireIdle(): void {
    if (!this.#streaming) return;
    throw new AppError('INTERNAL', {
      problem: 'a connection was used while its result was streaming',
    });
  }

  async #execute(sql: string, parameters?: SqlParameters): Promise<DuckDBMaterializedResult> {
    this.#requireIdle();
    try {
      return await this.#connection.run(sql, ...bindParameters(parameters));
    } catch (error) {
      throw engineError(error, this.#path);
    }
  }

  async #stream(sql: string, parameters?: SqlParameters): Promise<DuckDBResult> {
    return this.#connection.stream(sql, ...bindParameters(parameters));
  }
}

function numeric(value: unknown, column: string): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'string' && value !== '' && Number.isFinite(Number(value))) {
    return Number(value);
  }
  throw noNumbers(column);
}

function noNumbers(column: string): AppError {
  return new AppError('FEATURE_UNUSABLE', { feature: column, problem: 'it holds no numbers' });
}
