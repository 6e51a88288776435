import type { Connection } from './engine.ts';

let made = 0;

/** Thrown to leave a transaction whose tables were only made to be looked at. */
class LookedAt extends Error {}

/** DuckDB looks for what a view reads where the view lies, so the other schemas must be there, too. */
async function mirror(
  connection: Connection,
  scratch: string,
  schemas: readonly string[],
): Promise<void> {
  const hidden = ['main', ...schemas].map((schema) => `'${schema}'`).join(', ');
  const found = await connection.rows<{ base: string; schema: string; name: string }>(
    `select database_name as base, schema_name as "schema", table_name as name from duckdb_tables()
     where database_name = current_database() and schema_name not in (${hidden}) and not internal
     union all
     select database_name, schema_name, view_name from duckdb_views()
     where database_name = current_database() and schema_name not in (${hidden}) and not internal`,
  );
  for (const one of found) {
    await connection.run(
      `create schema if not exists ${scratch}."${one.schema}";
       create view ${scratch}."${one.schema}"."${one.name}" as
       select * from "${one.base}"."${one.schema}"."${one.name}"`,
    );
  }
}

/**
 * Does work in a transaction in which the tables that it makes in these schemas lie in memory, in a database of their own,
 * and hide those of the same names; whatever it does not make, it reads where it is. Nobody else sees any of it, and
 * nothing is kept. Other connections go on writing, also to the tables that are hidden here. A view that it makes in one
 * of the schemas reads of all of them only what it made.
 */
export async function onScratch<T>(
  connection: Connection,
  schemas: readonly string[],
  work: () => Promise<T>,
): Promise<T> {
  const [row] = await connection.rows<{ name: string }>('select current_database() as name');
  const base = `"${row?.name ?? ''}"`;
  made += 1;
  const scratch = `scratch_${made}`;
  await connection.run(`attach ':memory:' as ${scratch}`);
  try {
    for (const schema of schemas) await connection.run(`create schema ${scratch}.${schema}`);
    const places = schemas.flatMap((schema) => [`${scratch}.${schema}`, `${base}.${schema}`]);
    await connection.run(`set search_path = '${[`${base}.main`, ...places].join()}'`);
    return await discarding(connection, async () => {
      await mirror(connection, scratch, schemas);
      return work();
    });
  } finally {
    await connection.run(`set search_path = '${base}.main'`);
    await connection.run(`detach ${scratch}`);
  }
}

/** Does work in a transaction that is rolled back whatever happens. */
async function discarding<T>(connection: Connection, work: () => Promise<T>): Promise<T> {
  const found: T[] = [];
  try {
    await connection.transaction(async () => {
      found.push(await work());
      throw new LookedAt();
    });
  } catch (error) {
    if (!(error instanceof LookedAt)) throw error;
  }
  return found[0] as T;
}
