import { AppError } from '../contract/errors.ts';
import type { Connection } from '../engine/engine.ts';

/** The customers of a scatter plot: a sample that stays the same from call to call. */
export async function scatterSql(
  connection: Connection,
  input: { x: string; y: string; limit: number },
): Promise<string> {
  const known = await connection.strings(
    `select column_name from duckdb_columns()
     where schema_name = 'features' and table_name = 'customer_features'
       and (data_type in ('BIGINT', 'INTEGER', 'DOUBLE') or data_type like 'DECIMAL%') order by column_index`,
  );
  if (known.length === 0) throw new AppError('NO_CUSTOMERS');
  for (const feature of [input.x, input.y]) {
    if (!known.includes(feature)) {
      throw new AppError('FEATURE_UNKNOWN', { feature, known: known.join(', ') });
    }
  }
  const columns = [...new Set([input.x, input.y])].map(
    (name) => `cast(f."${name}" as double) as "${name}"`,
  );
  return `
    select s.segment_id, s.segment_name, ${columns.join(', ')}
    from features.customer_features f join gold.customer_segments s using (customer_id)
    order by hash(customer_id) limit ${input.limit}`;
}
