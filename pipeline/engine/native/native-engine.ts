import { totalmem } from 'node:os';
import { DuckDBInstance } from '@duckdb/node-api';
import { AppError } from '../../contract/errors.ts';
import type { Connection, Engine, EngineOptions } from '../engine.ts';
import { engineError } from './engine-error.ts';
import { NativeConnection } from './native-connection.ts';

/**
 * Memory that a process touches for the first time costs it more than packing and writing what it holds, and DuckDB
 * takes all that it is given: with this it lands and types 10 million records no slower, and in half of the memory.
 */
const FRUGAL = '512MB';

/** Four fifths of what the machine has, or of what this process may have of it, as DuckDB would take of itself. */
function generous(): string {
  const constrained = process.constrainedMemory();
  const whole = constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
  return `${Math.floor((whole * 0.8) / 1e6)}MB`;
}

const settings = (options: EngineOptions): Record<string, string> => ({
  access_mode: options.readOnly === true ? 'READ_ONLY' : 'READ_WRITE',
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
  allow_community_extensions: 'false',
  // Wider string compression (ZSTD, dictionary with FSST) needs the newer storage layout.
  storage_compatibility_version: 'v1.5.0',
  memory_limit: options.memoryLimit ?? FRUGAL,
  ...(options.threads === undefined ? {} : { threads: String(options.threads) }),
  ...(options.temporaryDirectory === undefined
    ? {}
    : { temp_directory: options.temporaryDirectory }),
});

class NativeEngine implements Engine {
  readonly driver = 'native';
  readonly #instance: DuckDBInstance;
  readonly #path: string;
  #isFrugal: boolean;

  constructor(instance: DuckDBInstance, path: string, options: EngineOptions) {
    this.#instance = instance;
    this.#path = path;
    this.#isFrugal = options.memoryLimit === undefined;
  }

  async connect(): Promise<Connection> {
    const connection = await this.#instance.connect();
    // Casts between text and instants must not depend on where the laptop is.
    await connection.run("set TimeZone = 'UTC'");
    const moreMemory = async (): Promise<boolean> => {
      if (!this.#isFrugal) return false;
      this.#isFrugal = false;
      await connection.run(`set global memory_limit = '${generous()}'`);
      return true;
    };
    return new NativeConnection(connection, this.#path, moreMemory);
  }

  async close(): Promise<void> {
    this.#instance.closeSync();
  }
}

/**
 * Opens a DuckDB file, or memory where `path` is ":memory:".
 * A second open of the same file in one process would silently get its own view of it, so callers keep one engine a file.
 */
export async function openNativeEngine(path: string, options: EngineOptions = {}): Promise<Engine> {
  try {
    return new NativeEngine(await DuckDBInstance.create(path, settings(options)), path, options);
  } catch (error) {
    const known = engineError(error, path);
    if (known.code !== 'SQL_INVALID') throw known;
    throw new AppError('WORKSPACE_DAMAGED', { path, problem: known.message }, { cause: error });
  }
}
