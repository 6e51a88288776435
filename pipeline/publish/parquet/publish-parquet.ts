import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Connection } from '../../engine/engine.ts';
import { fileError } from '../../workspace/node/file-error.ts';
import { quotedName, quotedText } from '../../engine/sql-quoting.ts';

const schemas = ['silver', 'features', 'gold'] as const;

export interface PublishedTable {
  readonly table: string;
  /** Within the folder, with forward slashes. */
  readonly file: string;
  readonly rows: number;
  readonly bytes: number;
}

export interface PublishOptions {
  readonly folder: string;
  readonly signal?: AbortSignal;
  readonly report?: (table: string, done: number, total: number) => void;
}

function relations(connection: Connection): Promise<{ schema: string; table: string }[]> {
  const wanted = schemas.map(quotedText).join(', ');
  return connection.rows(
    `select schema_name as "schema", table_name as "table" from duckdb_tables()
     where database_name = current_database() and schema_name in (${wanted})
     union all
     select schema_name, view_name from duckdb_views()
     where database_name = current_database() and schema_name in (${wanted}) and not internal
     order by 1, 2`,
  );
}

/** A file is replaced by rename: whoever reads the old one keeps it, and nobody sees half of a new one. */
async function writeTable(
  connection: Connection,
  { schema, table }: { readonly schema: string; readonly table: string },
  folder: string,
): Promise<PublishedTable> {
  const file = `${schema}/${table}.parquet`;
  const path = join(folder, schema, `${table}.parquet`);
  const part = `${path}.${randomUUID()}.part`;
  try {
    await mkdir(join(folder, schema), { recursive: true });
    const rows = await connection.run(
      `copy (select * from ${quotedName(schema)}.${quotedName(table)}) to ${quotedText(part)} (format parquet, compression zstd)`,
    );
    const { size } = await stat(part);
    await rename(part, path);
    return { table: `${schema}.${table}`, file, rows, bytes: size };
  } catch (error) {
    await rm(part, { force: true });
    throw error instanceof Error && 'code' in error ? fileError(error, path) : error;
  }
}

/**
 * Copies silver, features and gold to Parquet files that any other tool can read while Strata writes. All are of one state of
 * the warehouse; `manifest.json`, written last, says which files belong together.
 */
export async function publishParquet(
  connection: Connection,
  { folder, signal, report }: PublishOptions,
): Promise<PublishedTable[]> {
  const published: PublishedTable[] = [];
  await connection.transaction(async () => {
    const found = await relations(connection);
    for (const [done, relation] of found.entries()) {
      signal?.throwIfAborted();
      report?.(`${relation.schema}.${relation.table}`, done, found.length);
      published.push(await writeTable(connection, relation, folder));
    }
  });
  const manifest = join(folder, 'manifest.json');
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(`${manifest}.part`, `${JSON.stringify({ tables: published }, null, 2)}\n`);
    await rename(`${manifest}.part`, manifest);
  } catch (error) {
    throw fileError(error, manifest);
  }
  return published;
}
