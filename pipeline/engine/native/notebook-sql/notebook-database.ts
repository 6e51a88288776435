import type { DuckDBConnection } from '@duckdb/node-api';
import { lockDown, openInstance, openProbe, type Probe } from '../locked-sql/locked-instance.ts';
import { mirrorWarehouse } from '../locked-sql/mirror-warehouse.ts';
import type { ProcessSettings } from '../locked-sql/protocol.ts';
import { spillLimit } from '../locked-sql/resident-limit.ts';
import { quotedName } from '../../sql-quoting.ts';

/** The catalog name that DuckDB gives a database in memory. */
const MEMORY_CATALOG = 'memory';

export interface NotebookDatabase extends Probe {
  /** Where the warehouse lies, for errors that name it. */
  readonly warehouse: string;
  /** What it may spill to the disk. */
  readonly spillLimit: string;
  connect(): Promise<DuckDBConnection>;
  /** A database that holds nothing: there the names in a query stay as they are written. */
  connectToNothing(): Promise<DuckDBConnection>;
  close(): void;
}

/** A notebook's own table, whatever else is called so. */
export function ownTable(name: string): string {
  return `${MEMORY_CATALOG}.main.${quotedName(name)}`;
}

/** An empty database in memory with the warehouse beside it; no file can be reached from it and no setting changed. */
export async function openNotebookDatabase(settings: ProcessSettings): Promise<NotebookDatabase> {
  const instance = await openInstance(':memory:', settings);
  const empty = await openInstance(':memory:', { ...settings, threads: 1 });
  const spill = spillLimit(settings.memoryLimit);
  const connection = await instance.connect();
  const connectionToNothing = await empty.connect();
  try {
    // As an option of the instance DuckDB 1.5 shows it and does not keep to it.
    await connection.run(`set max_temp_directory_size = '${spill}'`);
    await mirrorWarehouse(connection, MEMORY_CATALOG, settings);
    await lockDown(connection, []);
    await lockDown(connectionToNothing, []);
  } finally {
    connection.closeSync();
    connectionToNothing.closeSync();
  }
  const probing = await instance.connect();
  return {
    ...(await openProbe(probing, MEMORY_CATALOG)),
    warehouse: settings.warehouse,
    spillLimit: spill,
    connect: () => instance.connect(),
    connectToNothing: () => empty.connect(),
    close: () => {
      probing.closeSync();
      instance.closeSync();
      empty.closeSync();
    },
  };
}
