import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { DuckDBConnection } from '@duckdb/node-api';
import { WAREHOUSE_CATALOG } from './mirror-warehouse.ts';
import type { ProcessSettings } from './protocol.ts';
import { quotedText } from '../../sql-quoting.ts';

/** A database without extensions, and with every folder that DuckDB may make within the process's own. */
export function openInstance(path: string, settings: ProcessSettings): Promise<DuckDBInstance> {
  return DuckDBInstance.create(path, {
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
}

/** Closes all files to SQL but those within `folders`. The order matters: the last two turn off the means to change the ones before. */
export async function lockDown(
  connection: DuckDBConnection,
  folders: readonly string[],
): Promise<void> {
  if (folders.length > 0) {
    await connection.run(`set allowed_directories = [${folders.map(quotedText).join(', ')}]`);
  }
  await connection.run('set enable_external_access = false');
  await connection.run('set lock_configuration = true');
}

/** Tells whether what was run has left the databases as they are needed. */
export interface Probe {
  isUsable(): Promise<boolean>;
}

/**
 * Two things outlive a transaction: logging to a file that is out of reach, which a SELECT can switch on and
 * after which nothing runs any more, and the name of a database. It is asked after every request, so its question stands ready.
 */
export async function openProbe(connection: DuckDBConnection, catalog: string): Promise<Probe> {
  const question = await connection.prepare(
    'select database_name from system.main.duckdb_databases()',
  );
  return {
    isUsable: async () => {
      try {
        const rows = await (await question.run()).getRows();
        const names = new Set(rows.map(([name]) => name));
        return names.has(catalog) && names.has(WAREHOUSE_CATALOG);
      } catch {
        return false;
      }
    },
  };
}
