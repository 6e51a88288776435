import type { Connection } from '../engine/engine.ts';
import { onWorker, type Work } from '../work/on-worker.ts';
import type { ClvArtifact } from './clv-artifact.ts';
import { type PurchaseHistories, purchaseHistories } from './purchase-histories.ts';

/** Rows that are handed to the engine at once. */
const ROWS = 65_536;

/** How far ahead, and what a later month's money is worth: DESIGN's definition of predicted CLV. */
export const MONTHS = 12;
export const MONTHLY_DISCOUNT = 0.01;

const columns = [
  'repeat_purchases',
  'last_repeat_days',
  'age_days',
  'mean_repeat_value',
  'probability_alive',
  'expected_purchases',
  'expected_value',
  'predicted_clv',
] as const;

async function write(
  connection: Connection,
  ids: readonly string[],
  values: readonly Float64Array[],
): Promise<void> {
  const declared = columns.map((name) => `${name} double not null`).join(', ');
  await connection.run(
    `create or replace temp table predicted (customer_id varchar not null, ${declared})`,
  );
  for (let from = 0; from < ids.length; from += ROWS) {
    await connection.append('predicted', [
      { type: 'VARCHAR', values: ids.slice(from, from + ROWS) },
      ...values.map((column) => ({
        type: 'DOUBLE' as const,
        values: [...column.subarray(from, from + ROWS)],
      })),
    ]);
  }
}

/**
 * Writes features.customer_clv, one row a customer, by a model fitted before; belongs into a transaction.
 * `expected_purchases` are those of the next 12 months of 30 days, `expected_value` that of one of them.
 */
export async function predictClv(
  connection: Connection,
  model: ClvArtifact,
  { asOf, histories, ...work }: Work & { asOf: string; histories?: PurchaseHistories },
): Promise<number> {
  const known = histories ?? (await purchaseHistories(connection, asOf));
  const { customerIds, frequency, recency, age, meanValue } = known;
  const predicted = await onWorker(
    work,
    'Predicting CLV',
    'predictClv',
    { frequency, recency, age, meanValue },
    {
      purchases: model.purchases,
      values: model.value,
      months: MONTHS,
      monthlyDiscount: MONTHLY_DISCOUNT,
    },
  );
  await write(connection, customerIds, [
    frequency,
    recency,
    age,
    meanValue,
    predicted.alive,
    predicted.purchases,
    predicted.value,
    predicted.clv,
  ]);
  await connection.run(
    `create or replace table features.customer_clv as
     select p.*, ${model.version}::integer as model_version, $as_of::date as as_of
     from predicted p order by customer_id`,
    { as_of: asOf },
  );
  await connection.run('drop table predicted');
  return customerIds.length;
}
