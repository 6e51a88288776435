import type { Connection } from '../engine/engine.ts';

const settings = {
  /** Silver, which grows. Of quotients ALP is tried for a quarter of the time that writing takes, to save nearly nothing. */
  records: "set preserve_insertion_order = false; set disabled_compression_methods = 'alp,alprd'",
  /** What each run makes anew: to pack it would take as long as to make and write it. */
  anew: "set preserve_insertion_order = false; set force_compression = 'uncompressed'",
} as const;

const usual = `set preserve_insertion_order = true; set disabled_compression_methods = '';
  set force_compression = 'auto'`;

/**
 * Makes tables in a transaction, with DuckDB set to write them at once. They have no order of their own: without one to
 * keep, all cores write. A commit may have to write what earlier ones left, raw and silver among it: that is packed.
 */
export async function writingTables<T>(
  connection: Connection,
  kind: keyof typeof settings,
  work: () => Promise<T>,
): Promise<T> {
  return connection.transaction(async () => {
    await connection.run(settings[kind]);
    const result = await work();
    await connection.run(usual);
    return result;
  });
}

/** What holds for the whole engine is put back, also after a failure, and out of the reach of whoever interrupts. */
export async function thenWritingAsUsual<T>(
  connection: Connection,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } finally {
    await connection.run(usual);
  }
}
