import type { Connection } from '../engine/engine.ts';

/**
 * Sets DuckDB to write tables that are made at once. They have no order of their own: without one to keep, all cores write.
 * Their doubles are quotients, which ALP tries for a quarter of the time that writing takes, to save nearly nothing.
 */
export async function writingTables<T>(connection: Connection, work: () => Promise<T>): Promise<T> {
  await connection.run(
    "set preserve_insertion_order = false; set disabled_compression_methods = 'alp,alprd'",
  );
  try {
    return await work();
  } finally {
    await connection.run(
      "set preserve_insertion_order = true; set disabled_compression_methods = ''",
    );
  }
}
