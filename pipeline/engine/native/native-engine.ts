import { availableParallelism, totalmem } from 'node:os';
import { DuckDBInstance } from '@duckdb/node-api';
import { AppError } from '../../contract/errors.ts';
import type { Connection, Engine, EngineOptions } from '../engine.ts';
import { engineError } from '../engine-error.ts';
import { quotedText } from '../sql-quoting.ts';
import { type MemoryOwner, NativeConnection } from './native-connection.ts';

/**
 * Memory that a process touches for the first time costs it more than packing and writing what it holds, and DuckDB
 * takes all that it is given: with so much for each thread it lands and types 10 million records no slower, and in half
 * of the memory.
 */
const FRUGAL = { atLeast: 512e6, perThread: 128e6 };

/** Four fifths of what the machine has, or of what this process may have of it, as DuckDB would take of itself. */
function generous(): number {
  const constrained = process.constrainedMemory();
  const whole = constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
  return whole * 0.8;
}

function frugal({ threads = availableParallelism() }: EngineOptions): number {
  return Math.min(generous(), Math.max(FRUGAL.atLeast, FRUGAL.perThread * threads));
}

const megabytes = (bytes: number): string => `${Math.floor(bytes / 1e6)}MB`;

const MEMORY = ':memory:';

/** The name that a database file has within its instance. */
const FILE = 'warehouse';

// Wider string compression (ZSTD, dictionary with FSST) needs the newer storage layout.
const STORAGE = 'v1.5.0';

/**
 * Rows that DuckDB packs together and one thread works on, about a quarter of its default. A table of a row for each of
 * 100,000 customers is then several of them: threads share it, and each packs and writes its part as it is made, where of a
 * single one the commit would do all that. Files grow by an eighth. Only an attached file can be told so; what an earlier
 * Strata wrote in larger groups stays as it is.
 */
const ROW_GROUP = 32_768;

const settings = (options: EngineOptions): Record<string, string> => ({
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
  allow_community_extensions: 'false',
  storage_compatibility_version: STORAGE,
  memory_limit: options.memoryLimit ?? megabytes(frugal(options)),
  ...(options.threads === undefined ? {} : { threads: String(options.threads) }),
  ...(options.temporaryDirectory === undefined
    ? {}
    : { temp_directory: options.temporaryDirectory }),
});

class NativeEngine implements Engine, MemoryOwner {
  readonly driver = 'native';
  readonly #instance: DuckDBInstance;
  readonly #path: string;
  #limit: number;
  readonly #most: number;

  constructor(instance: DuckDBInstance, path: string, options: EngineOptions) {
    this.#instance = instance;
    this.#path = path;
    const isOwners = options.memoryLimit !== undefined;
    this.#limit = isOwners ? 0 : frugal(options);
    this.#most = isOwners ? 0 : generous();
  }

  async connect(): Promise<Connection> {
    const connection = await this.#instance.connect();
    if (this.#path !== MEMORY) await connection.run(`use ${FILE}`);
    // Casts between text and instants must not depend on where the laptop is.
    await connection.run("set TimeZone = 'UTC'");
    return new NativeConnection(connection, this.#path, this);
  }

  /** What the engine may use by its own choice; 0 where its owner chose. */
  get memoryLimit(): number {
    return this.#limit;
  }

  /** False where there is no more to have. */
  async moreMemory(run: (sql: string) => Promise<unknown>): Promise<boolean> {
    if (this.#limit >= this.#most) return false;
    await run(`set global memory_limit = '${megabytes(this.#most)}'`);
    this.#limit = this.#most;
    return true;
  }

  async close(): Promise<void> {
    this.#instance.closeSync();
  }
}

async function attach(instance: DuckDBInstance, path: string, readOnly: boolean): Promise<void> {
  const connection = await instance.connect();
  try {
    const access = readOnly ? 'read_only' : 'read_write';
    await connection.run(
      `attach ${quotedText(path)} as ${FILE}
       (type duckdb, ${access}, row_group_size ${ROW_GROUP}, storage_version '${STORAGE}')`,
    );
  } finally {
    connection.closeSync();
  }
}

/**
 * Opens a DuckDB file, or memory where `path` is ":memory:".
 * A second open of the same file in one process would silently get its own view of it, so callers keep one engine a file.
 */
export async function openNativeEngine(path: string, options: EngineOptions = {}): Promise<Engine> {
  let instance: DuckDBInstance | null = null;
  try {
    instance = await DuckDBInstance.create(MEMORY, settings(options));
    if (path !== MEMORY) await attach(instance, path, options.readOnly === true);
    return new NativeEngine(instance, path, options);
  } catch (error) {
    instance?.closeSync();
    const known = engineError(error, path);
    if (known.code !== 'SQL_INVALID') throw known;
    throw new AppError('WORKSPACE_DAMAGED', { path, problem: known.message }, { cause: error });
  }
}
