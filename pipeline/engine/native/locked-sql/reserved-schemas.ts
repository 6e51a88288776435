import type { DuckDBConnection } from '@duckdb/node-api';
import { AppError } from '../../../contract/errors.ts';

/** The schemas that Strata keeps: the owner's database shows them as views of the warehouse. */
export const reservedSchemas = ['raw', 'silver', 'features', 'gold', 'ops'] as const;

const reserved = new Set<string>(reservedSchemas);

/**
 * Kind, catalog, schema, name and definition of everything that can stand in a schema.
 * Named in full and free of functions and operators: an owner's macro may be called duckdb_views, or +.
 */
const catalogQueries: readonly (readonly [kind: string, sql: string])[] = [
  [
    'schema',
    'select database_name, schema_name, schema_name, null from system.main.duckdb_schemas()',
  ],
  ['view', 'select database_name, schema_name, view_name, sql from system.main.duckdb_views()'],
  ['table', 'select database_name, schema_name, table_name, sql from system.main.duckdb_tables()'],
  [
    'function',
    'select database_name, schema_name, function_name, macro_definition from system.main.duckdb_functions() where not internal',
  ],
  ['type', 'select database_name, schema_name, type_name, null from system.main.duckdb_types()'],
  [
    'sequence',
    'select database_name, schema_name, sequence_name, null from system.main.duckdb_sequences()',
  ],
  ['index', 'select database_name, schema_name, index_name, sql from system.main.duckdb_indexes()'],
];

export interface CatalogEntry {
  readonly kind: string;
  readonly schema: string;
  readonly name: string;
  readonly definition: string;
}

/** What stands in the schemas named as Strata's in one attached database. */
export async function reservedEntries(
  connection: DuckDBConnection,
  database: string,
): Promise<CatalogEntry[]> {
  const entries: CatalogEntry[] = [];
  for (const [kind, sql] of catalogQueries) {
    const result = await connection.run(sql);
    for (const [catalog, schema, name, definition] of await result.getRows()) {
      if (catalog !== database || !reserved.has(String(schema).toLowerCase())) continue;
      entries.push({
        kind,
        schema: String(schema),
        name: String(name),
        definition: String(definition),
      });
    }
  }
  return entries;
}

function key({ kind, schema, name, definition }: CatalogEntry): string {
  return JSON.stringify([kind, schema, name, definition]);
}

/** Throws SQL_FORBIDDEN where the reserved schemas no longer hold exactly what they held. */
export function assertUnchanged(
  before: readonly CatalogEntry[],
  after: readonly CatalogEntry[],
): void {
  const was = new Set(before.map(key));
  const is = new Set(after.map(key));
  const changed =
    after.find((entry) => !was.has(key(entry))) ?? before.find((entry) => !is.has(key(entry)));
  if (changed === undefined) return;
  const { kind, schema, name } = changed;
  throw new AppError('SQL_FORBIDDEN', {
    problem: `the schema ${schema.toLowerCase()} is kept by Strata, and this would change its ${kind} "${name}"`,
  });
}
