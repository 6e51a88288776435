import type { DuckDBConnection } from '@duckdb/node-api';
import { engineError } from '../../engine-error.ts';
import { underPassingName } from './passing-name.ts';
import type { ProcessSettings } from './protocol.ts';
import { reservedEntries, reservedSchemas } from './reserved-schemas.ts';
import type { CatalogEntry } from './reserved-schemas.ts';
import { quotedName, quotedText } from '../../sql-quoting.ts';

export const WAREHOUSE_CATALOG = 'warehouse';

const isRelation = ({ kind }: CatalogEntry) => kind === 'table' || kind === 'view';

/**
 * Attaches the warehouse read-only and makes Strata's schemas in `catalog`, the connection's own, show it as views:
 * `silver.transactions` works unqualified. Throws WORKSPACE_LOCKED and what else keeps the file from being opened.
 */
export async function mirrorWarehouse(
  connection: DuckDBConnection,
  catalog: string,
  settings: ProcessSettings,
): Promise<void> {
  await underPassingName(settings, async (path) => {
    await connection.run(`attach ${quotedText(path)} as ${WAREHOUSE_CATALOG} (read_only)`);
  }).catch((error: unknown) => {
    throw engineError(error, settings.warehouse);
  });
  for (const schema of reservedSchemas) {
    await connection.run(`create schema if not exists ${quotedName(schema)}`);
  }
  const shown = (await reservedEntries(connection, WAREHOUSE_CATALOG)).filter(isRelation);
  const wanted = new Set(shown.map((entry) => `${entry.schema}.${entry.name}`));
  for (const { schema, name } of (await reservedEntries(connection, catalog)).filter(isRelation)) {
    if (!wanted.has(`${schema}.${name}`)) {
      await connection.run(`drop view ${quotedName(schema)}.${quotedName(name)}`);
    }
  }
  for (const { schema, name } of shown) {
    const path = `${quotedName(schema)}.${quotedName(name)}`;
    const made = connection.run(
      `create or replace view ${path} as select * from ${WAREHOUSE_CATALOG}.${path}`,
    );
    // A view of the warehouse that is itself broken is left out; reading it says why.
    await made.catch(() => undefined);
  }
}
