import type { DuckDBConfig } from '@duckdb/duckdb-wasm';
import { tableFromIPC } from '@uwdata/flechette';
import { AppError } from '../../contract/errors.ts';
import { engineError } from '../engine-error.ts';
import type { Connection, Engine } from '../engine.ts';
import { endMark } from './arrow-messages.ts';
import type { EngineWorker } from './engine-worker.ts';
import { sqlLiteral } from './sql-literal.ts';
import { StatementRunner } from './statement-runner.ts';
import { WasmConnection } from './wasm-connection.ts';
import { WorkerClient } from './worker-client.ts';
import { joinedBytes } from '../joined-bytes.ts';

export interface WasmEngineOptions {
  /** What the owner allows, such as '1GB'; without it the engine takes what 32 bits of addresses leave it. */
  readonly memoryLimit?: string;
}

/** Of 4 GiB of addresses some must be left for what DuckDB does not count. */
const MEMORY_LIMIT = 3e9;

/** Long enough to be worth a message, short enough to be stopped or to let others in. */
const SLICE_MS = 10;

const config = {
  path: ':memory:',
  query: {
    queryPollingInterval: SLICE_MS,
    castBigIntToDouble: false,
    castTimestampToDate: false,
    castDurationToTime64: false,
    castDecimalToDouble: false,
  },
} satisfies DuckDBConfig;

export class WasmEngine implements Engine {
  readonly driver = 'wasm';
  readonly #client: WorkerClient;
  readonly #options: WasmEngineOptions;
  readonly #statements = new Set<StatementRunner>();

  constructor(client: WorkerClient, options: WasmEngineOptions) {
    this.#client = client;
    this.#options = options;
  }

  async connect(): Promise<Connection> {
    const id = await this.#client.call('CONNECT', null);
    const limit = this.#options.memoryLimit === undefined ? MEMORY_LIMIT : 0;
    const statements = new StatementRunner(this.#client, id);
    this.#statements.add(statements);
    return new WasmConnection(statements, limit);
  }

  /** Drops everything, connections too: an empty database, in a twentieth of the time that a new worker takes. */
  async reset(): Promise<void> {
    for (const statements of this.#statements) statements.retire();
    this.#statements.clear();
    await this.#client.call('OPEN', config);
    const connection = await this.connect();
    try {
      const limit = this.#options.memoryLimit ?? `${MEMORY_LIMIT / 1e6}MB`;
      // An extension would have to come from the network, and waits for ever where there is none.
      await connection.run(
        `set autoinstall_known_extensions = false; set autoload_known_extensions = false;
         set allow_community_extensions = false; set memory_limit = ${sqlLiteral(limit)}`,
      );
    } finally {
      connection.close();
    }
  }

  /** Makes a table of an Arrow IPC stream, in a schema that is there. Throws SQL_INVALID for bytes that are none. */
  async insertArrow(table: string, ipc: Uint8Array): Promise<void> {
    const [schema, name] = table.includes('.') ? table.split('.', 2) : ['main', table];
    const into = { name: name ?? table, schema: schema ?? 'main', create: true };
    try {
      // DuckDB-WASM takes any bytes and says nothing until an end mark comes: they are read before.
      tableFromIPC(ipc);
      const end = endMark();
      const isEnded = ipc.subarray(-end.length).every((byte, i) => byte === end[i]);
      const whole = isEnded ? ipc : joinedBytes([ipc, end]);
      const id = await this.#client.call('CONNECT', null);
      try {
        await this.#client.call('INSERT_ARROW_FROM_IPC_STREAM', [id, whole, into]);
      } finally {
        await this.#client.call('DISCONNECT', id);
      }
    } catch (error) {
      throw engineError(error, table);
    }
  }

  async close(): Promise<void> {
    this.#client.end();
  }
}

/** An empty database in memory, in a worker that runs the library's script; `wasm` is where that finds its module. */
export async function openWasmEngine(
  worker: EngineWorker,
  wasm: string,
  options: WasmEngineOptions = {},
): Promise<WasmEngine> {
  const client = new WorkerClient(worker);
  try {
    await client.call('INSTANTIATE', [wasm, null]);
    const engine = new WasmEngine(client, options);
    await engine.reset();
    return engine;
  } catch (error) {
    client.end();
    const { cause = error } = error as { cause?: unknown };
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw new AppError('ENGINE_NOT_STARTED', { problem }, { cause: error });
  }
}
