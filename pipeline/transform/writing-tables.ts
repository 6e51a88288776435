import type { Connection } from '../engine/engine.ts';

/** Quotients: ALP is tried for a quarter of the time that writing takes, to save nearly nothing. */
const vainForQuotients = ['alp', 'alprd'];

/** Ids, in tables of a row a customer: no dictionary holds them, and looking for one takes as long as packing all else. */
const vainForIds = ['dict_fsst', 'dictionary', 'fsst', 'zstd'];

/**
 * Sets DuckDB to write tables that are made at once. They have no order of their own: without one to keep, all cores write.
 * Where `ofCustomers`, of a row a customer or fewer, their texts are not packed.
 */
export async function writingTables<T>(
  connection: Connection,
  work: () => Promise<T>,
  options: { readonly ofCustomers?: boolean } = {},
): Promise<T> {
  const vain = [...vainForQuotients, ...(options.ofCustomers === true ? vainForIds : [])];
  await connection.run(
    `set preserve_insertion_order = false; set disabled_compression_methods = '${vain.join(',')}'`,
  );
  try {
    return await work();
  } finally {
    await connection.run(
      "set preserve_insertion_order = true; set disabled_compression_methods = ''",
    );
  }
}
