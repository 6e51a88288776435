import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { engineError } from '../../engine-error.ts';
import { lockDown, openInstance, openProbe, type Probe } from '../locked-sql/locked-instance.ts';
import { mirrorWarehouse } from '../locked-sql/mirror-warehouse.ts';
import { reservedEntries } from '../locked-sql/reserved-schemas.ts';
import type { CatalogEntry } from '../locked-sql/reserved-schemas.ts';
import type { OwnerSettings } from './owner-settings.ts';

/** The catalog name that DuckDB gives owner.duckdb. */
const OWNER_CATALOG = 'owner';

export interface OwnerDatabase extends Probe {
  readonly settings: OwnerSettings;
  /** What Strata's schemas hold in the owner's database: views of the warehouse and nothing else. */
  readonly mirror: readonly CatalogEntry[];
  connect(): Promise<DuckDBConnection>;
  reservedNow(connection: DuckDBConnection): Promise<CatalogEntry[]>;
  close(): void;
}

async function prepare(instance: DuckDBInstance, settings: OwnerSettings): Promise<CatalogEntry[]> {
  const connection = await instance.connect();
  try {
    await mirrorWarehouse(connection, OWNER_CATALOG, settings);
    const mirror = await reservedEntries(connection, OWNER_CATALOG);
    await lockDown(connection, [settings.files]);
    return mirror;
  } finally {
    connection.closeSync();
  }
}

/** Opens the owner's database with the warehouse beside it and locks both the settings and the file system. */
export async function openOwnerDatabase(settings: OwnerSettings): Promise<OwnerDatabase> {
  let instance: DuckDBInstance;
  try {
    instance = await openInstance(settings.owner, settings);
  } catch (error) {
    throw engineError(error, settings.owner);
  }
  const mirror = await prepare(instance, settings);
  const probing = await instance.connect();
  return {
    ...(await openProbe(probing, OWNER_CATALOG)),
    settings,
    mirror,
    connect: () => instance.connect(),
    reservedNow: (connection) => reservedEntries(connection, OWNER_CATALOG),
    close: () => {
      probing.closeSync();
      instance.closeSync();
    },
  };
}
