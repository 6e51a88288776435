import { AppError } from '../../contract/errors.ts';
import type { Connection } from '../engine.ts';
import { interruptible } from '../interruptible.ts';
import type { Call, TableEngine, TableShape } from '../table-engine.ts';
import type { WasmEngine } from './wasm-engine.ts';
import { quotedName } from '../sql-quoting.ts';
import { joinedBytes } from '../joined-bytes.ts';

const what = 'The query';

/** A line of its own ends a comment that the query may end with. */
const withoutEnd = (sql: string): string => sql.trim().replace(/(;\s*)+$/, '');

/**
 * A notebook's tables in DuckDB-WASM. All there is to harm are copies of tables, and it needs no process of its own; in
 * Node, however, the library reads and writes files, so that they are locked away like the network.
 */
export class WasmTableEngine implements TableEngine {
  readonly #engine: WasmEngine;
  readonly #connection: Connection;
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(engine: WasmEngine, connection: Connection) {
    this.#engine = engine;
    this.#connection = connection;
  }

  /** Locks the engine's settings: nothing reaches a file from then on. */
  static async open(engine: WasmEngine): Promise<WasmTableEngine> {
    const connection = await engine.connect();
    await connection.run('set enable_external_access = false; set lock_configuration = true');
    return new WasmTableEngine(engine, connection);
  }

  /** Puts a table of the workspace where SQL looks for it, such as `silver.transactions`. */
  async load(name: string, ipc: Uint8Array): Promise<void> {
    const [schema = 'main', table = name] = name.includes('.')
      ? name.split('.', 2)
      : ['main', name];
    await this.#inTurn(async () => {
      await this.#connection.run(`create schema if not exists ${quotedName(schema)}`);
      await this.#engine.insertArrow(`${schema}.${table}`, ipc);
    });
  }

  version(): Promise<string> {
    return this.#inTurn(async () => {
      const [row] = await this.#connection.rows<{ version: string }>(
        'select library_version as version from pragma_version()',
      );
      return row?.version ?? '';
    });
  }

  tableNames(sql: string): Promise<string[]> {
    return this.#inTurn(() => this.#connection.tableNames(sql));
  }

  create(
    table: { readonly name: string; readonly sql: string },
    call: Call = {},
  ): Promise<TableShape> {
    return this.#inTurn(() => this.#create(table, call));
  }

  async #create(
    { name, sql }: { readonly name: string; readonly sql: string },
    call: Call,
  ): Promise<TableShape> {
    // Refuses what is not one query: a second statement, or one that changes something.
    await this.#connection.tableNames(sql);
    const start = `create or replace table main.${quotedName(name)} as`;
    const query = withoutEnd(sql);
    await this.#interruptible(call, async () => {
      // DESCRIBE and its like stand only where a FROM reads them.
      const isStatement = /^\s*(describe|summarize|show|explain|pragma)\b/i.test(query);
      await this.#connection.run(
        isStatement ? `${start} from (\n${query}\n)` : `${start}\n${query}`,
      );
    });
    return this.#shape(name);
  }

  insert({ name, ipc }: { readonly name: string; readonly ipc: Uint8Array }): Promise<TableShape> {
    return this.#inTurn(async () => {
      await this.#drop(name);
      await this.#engine.insertArrow(name, ipc);
      return this.#shape(name);
    });
  }

  drop(name: string): Promise<void> {
    return this.#inTurn(() => this.#drop(name));
  }

  async #drop(name: string): Promise<void> {
    await this.#connection.run(`drop table if exists main.${quotedName(name)}`);
  }

  read(
    query: { readonly sql: string; readonly limit?: number },
    call: Call = {},
  ): Promise<Uint8Array> {
    return this.#inTurn(() => this.#read(query, call));
  }

  async #read(
    { sql, limit }: { readonly sql: string; readonly limit?: number },
    call: Call,
  ): Promise<Uint8Array> {
    const pieces: Uint8Array[] = [];
    const options = { ...call, ...(limit === undefined ? {} : { limit }) };
    for await (const piece of this.#connection.arrow(withoutEnd(sql), options)) pieces.push(piece);
    return joinedBytes(pieces);
  }

  async close(): Promise<void> {
    this.#connection.close();
    await this.#engine.close();
  }

  /** One after the other: a connection that streams takes no other statement. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const working = this.#turn.then(work);
    this.#turn = working.catch(() => undefined);
    return working;
  }

  #interruptible<T>({ signal }: Call, work: () => Promise<T>): Promise<T> {
    return interruptible(this.#connection, { signal, what }, work);
  }

  async #shape(name: string): Promise<TableShape> {
    const columns = await this.#connection.rows<{ name: string; type: string }>(
      `select column_name as name, data_type as type from duckdb_columns()
       where schema_name = 'main' and table_name = $name order by column_index`,
      { name },
    );
    const [counted] = await this.#connection.rows<{ rows: number }>(
      `select count(*)::integer as rows from main.${quotedName(name)}`,
    );
    if (counted === undefined) throw new AppError('INTERNAL', { problem: `no table ${name}` });
    return { rows: counted.rows, columns };
  }
}
