import { writeFile } from 'node:fs/promises';
import type { Connection } from '../../pipeline/engine/engine.ts';
import { moneyText, type Transaction } from './transactions.ts';

const isoText = (micros: bigint): string => {
  const text = new Date(Number(micros / 1000n)).toISOString().slice(0, -1);
  return `${text}${(micros % 1000n).toString().padStart(3, '0')}Z`;
};

/** Writes transactions as records of the preset `orders`, which has no discount. */
export async function writeOrders(
  path: string,
  transactions: readonly Transaction[],
): Promise<void> {
  const lines = transactions.map(({ customer, order, at, amount, category }) =>
    JSON.stringify({
      order_id: order,
      customer_id: customer,
      order_ts: isoText(at),
      amount: moneyText(amount),
      category,
      currency: 'EUR',
    }),
  );
  await writeFile(path, `${lines.join('\n')}\n`);
}

/** Every row of some tables as text, so that two states can be compared to the last digit. */
export async function dump(
  connection: Connection,
  tables: readonly string[],
): Promise<Record<string, (string | null)[]>> {
  const found: Record<string, (string | null)[]> = {};
  for (const table of tables) {
    found[table] = await connection.strings(`select t::varchar from ${table} t order by 1`);
  }
  return found;
}

/** Every table of a warehouse but the run log, with all its rows. */
export async function dumpAll(connection: Connection): Promise<Record<string, (string | null)[]>> {
  const tables = await connection.strings(
    `select concat(schema_name, '.', table_name) as name from duckdb_tables()
     where not temporary and schema_name in ('raw', 'silver', 'features', 'gold', 'ops')
       and concat(schema_name, '.', table_name) not in ('ops.runs', 'ops.steps') order by name`,
  );
  return dump(
    connection,
    tables.filter((name) => name !== null),
  );
}
