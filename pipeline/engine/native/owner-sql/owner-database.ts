import { copyFileSync, constants, existsSync, linkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { DuckDBConnection } from '@duckdb/node-api';
import { engineError } from '../engine-error.ts';
import type { WorkerSettings } from './protocol.ts';
import { reservedEntries, reservedSchemas } from './reserved-schemas.ts';
import type { CatalogEntry } from './reserved-schemas.ts';

/** The catalog name that DuckDB gives owner.duckdb. */
export const OWNER_CATALOG = 'owner';

export const WAREHOUSE_CATALOG = 'warehouse';

export interface OwnerDatabase {
  connect(): Promise<DuckDBConnection>;
  /** What Strata's schemas hold in the owner's database: views of the warehouse and nothing else. */
  readonly mirror: readonly CatalogEntry[];
  reservedNow(connection: DuckDBConnection): Promise<CatalogEntry[]>;
  close(): void;
}

const name = (text: string) => `"${text.replaceAll('"', '""')}"`;
const text = (value: string) => `'${value.replaceAll("'", "''")}'`;

/**
 * Runs `attach` on another name of the warehouse's files, which is gone afterwards.
 * Once external access is off, DuckDB still lets COPY overwrite the files of its attached databases by their names,
 * even read-only ones. A name that no longer exists leads to nothing.
 */
async function underPassingName(
  settings: WorkerSettings,
  attach: (path: string) => Promise<void>,
): Promise<void> {
  const passing = join(settings.temporary, 'warehouse.duckdb');
  const parts = ['', '.wal'].filter((end) => existsSync(settings.warehouse + end));
  for (const end of parts) {
    try {
      linkSync(settings.warehouse + end, passing + end);
    } catch {
      // A file system without hard links: a copy costs room but is as safe.
      copyFileSync(settings.warehouse + end, passing + end, constants.COPYFILE_FICLONE);
    }
  }
  try {
    await attach(passing);
  } finally {
    // Windows keeps an open file's name, but refuses to open it for writing a second time.
    if (process.platform !== 'win32') {
      for (const end of parts) rmSync(passing + end, { force: true });
    }
  }
}

const isRelation = ({ kind }: CatalogEntry) => kind === 'table' || kind === 'view';

async function mirrorWarehouse(connection: DuckDBConnection): Promise<void> {
  for (const schema of reservedSchemas) {
    await connection.run(`create schema if not exists ${name(schema)}`);
  }
  const shown = (await reservedEntries(connection, WAREHOUSE_CATALOG)).filter(isRelation);
  const wanted = new Set(shown.map((entry) => `${entry.schema}.${entry.name}`));
  for (const { schema, name: view } of (await reservedEntries(connection, OWNER_CATALOG)).filter(
    isRelation,
  )) {
    if (!wanted.has(`${schema}.${view}`)) {
      await connection.run(`drop view ${name(schema)}.${name(view)}`);
    }
  }
  for (const { schema, name: table } of shown) {
    const path = `${name(schema)}.${name(table)}`;
    const made = connection.run(
      `create or replace view ${path} as select * from ${WAREHOUSE_CATALOG}.${path}`,
    );
    // A view of the warehouse that is itself broken is left out; reading it says why.
    await made.catch(() => undefined);
  }
}

async function prepare(instance: DuckDBInstance, settings: WorkerSettings) {
  const connection = await instance.connect();
  try {
    await underPassingName(settings, async (path) => {
      await connection.run(`attach ${text(path)} as ${WAREHOUSE_CATALOG} (read_only)`);
    }).catch((error: unknown) => {
      throw engineError(error, settings.warehouse);
    });
    await mirrorWarehouse(connection);
    const mirror = await reservedEntries(connection, OWNER_CATALOG);
    // The order matters: the last two turn off the means to change the ones before.
    await connection.run(`set allowed_directories = [${text(settings.files)}]`);
    await connection.run('set enable_external_access = false');
    await connection.run('set lock_configuration = true');
    return mirror;
  } finally {
    connection.closeSync();
  }
}

/** Opens the owner's database with the warehouse beside it and locks both the settings and the file system. */
export async function openOwnerDatabase(settings: WorkerSettings): Promise<OwnerDatabase> {
  let instance: DuckDBInstance;
  try {
    instance = await DuckDBInstance.create(settings.owner, {
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      allow_community_extensions: 'false',
      allow_unsigned_extensions: 'false',
      memory_limit: settings.memoryLimit,
      threads: String(settings.threads),
      temp_directory: settings.temporary,
      home_directory: settings.temporary,
      secret_directory: join(settings.temporary, 'secrets'),
      extension_directory: join(settings.temporary, 'extensions'),
    });
  } catch (error) {
    throw engineError(error, settings.owner);
  }
  const mirror = await prepare(instance, settings);
  return {
    mirror,
    connect: () => instance.connect(),
    reservedNow: (connection) => reservedEntries(connection, OWNER_CATALOG),
    close: () => instance.closeSync(),
  };
}
