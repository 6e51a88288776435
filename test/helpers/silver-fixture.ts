import { onTestFinished } from 'vitest';
import type { Connection } from '../../pipeline/engine/engine.ts';
import { openNativeEngine } from '../../pipeline/engine/native/native-engine.ts';
import { featureParameters } from '../../pipeline/features/feature-parameters.ts';
import { loadModels } from '../../pipeline/transform/node/load-models.ts';
import { runModel } from '../../pipeline/transform/run-model.ts';
import { prepareWarehouse } from '../../pipeline/workspace/warehouse.ts';
import { moneyText, type Transaction } from './transactions.ts';

export interface Periods {
  readonly asOf: string;
  readonly periodDays: number;
  readonly churnDays: number;
}

async function insertTransactions(
  connection: Connection,
  transactions: readonly Transaction[],
): Promise<void> {
  await connection.run(
    'create temp table incoming (c varchar, o varchar, happened timestamp, amount varchar, category varchar, discount varchar)',
  );
  await connection.append('incoming', [
    { type: 'VARCHAR', values: transactions.map(({ customer }) => customer) },
    { type: 'VARCHAR', values: transactions.map(({ order }) => order) },
    { type: 'TIMESTAMP', values: transactions.map(({ at }) => at) },
    { type: 'VARCHAR', values: transactions.map(({ amount }) => moneyText(amount)) },
    { type: 'VARCHAR', values: transactions.map(({ category }) => category) },
    {
      type: 'VARCHAR',
      values: transactions.map(({ discount }) => (discount === null ? null : moneyText(discount))),
    },
  ]);
  await connection.run(
    `insert into silver.transactions by name
     select c as customer_id, o as order_id, happened as occurred_at, amount::decimal(18,4) as amount, category,
       discount::decimal(18,4) as discount_amount, 0 as lines, 1 as batch_id, 1 as source_id, 0 as partition,
       row_number() over () as position
     from incoming`,
  );
  await connection.run('drop table incoming');
}

/** A warehouse in memory whose silver layer holds these transactions. */
export async function silverWith(transactions: readonly Transaction[]): Promise<Connection> {
  const engine = await openNativeEngine(':memory:');
  const connection = await engine.connect();
  onTestFinished(async () => {
    connection.close();
    await engine.close();
  });
  await prepareWarehouse(connection, 'memory');
  await insertTransactions(connection, transactions);
  return connection;
}

/** Runs the shipped models of a layer as the pipeline does. */
export async function runLayer(
  connection: Connection,
  layer: 'features' | 'gold',
  { asOf, ...periods }: Periods,
): Promise<void> {
  const parameters = await featureParameters(connection, asOf, periods);
  for (const model of loadModels(layer)) await runModel(connection, model, { parameters });
}

/** Puts customers into segments, as a prediction would. */
export async function assignSegments(
  connection: Connection,
  segmentOf: ReadonlyMap<string, number>,
  asOf: string,
): Promise<void> {
  await connection.run('delete from gold.customer_segments');
  for (const [customer, segment] of segmentOf) {
    await connection.run(
      `insert into gold.customer_segments values ($customer, $segment, concat('Segment ', $segment::varchar), 1, $as_of::date)`,
      { customer, segment, as_of: asOf },
    );
  }
}
