import { DuckDBInstance } from '@duckdb/node-api';
import { AppError } from '../../contract/errors.ts';
import type { Connection, Engine, EngineOptions } from '../engine.ts';
import { engineError } from './engine-error.ts';
import { NativeConnection } from './native-connection.ts';

const settings = (options: EngineOptions): Record<string, string> => ({
  access_mode: options.readOnly === true ? 'READ_ONLY' : 'READ_WRITE',
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
  allow_community_extensions: 'false',
  // Wider string compression (ZSTD, dictionary with FSST) needs the newer storage layout.
  storage_compatibility_version: 'v1.5.0',
  ...(options.memoryLimit === undefined ? {} : { memory_limit: options.memoryLimit }),
  ...(options.threads === undefined ? {} : { threads: String(options.threads) }),
  ...(options.temporaryDirectory === undefined
    ? {}
    : { temp_directory: options.temporaryDirectory }),
});

class NativeEngine implements Engine {
  readonly driver = 'native';
  readonly #instance: DuckDBInstance;
  readonly #path: string;

  constructor(instance: DuckDBInstance, path: string) {
    this.#instance = instance;
    this.#path = path;
  }

  async connect(): Promise<Connection> {
    const connection = await this.#instance.connect();
    // Casts between text and instants must not depend on where the laptop is.
    await connection.run("set TimeZone = 'UTC'");
    return new NativeConnection(connection, this.#path);
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
    return new NativeEngine(await DuckDBInstance.create(path, settings(options)), path);
  } catch (error) {
    const known = engineError(error, path);
    if (known.code !== 'SQL_INVALID') throw known;
    throw new AppError('WORKSPACE_DAMAGED', { path, problem: known.message }, { cause: error });
  }
}
