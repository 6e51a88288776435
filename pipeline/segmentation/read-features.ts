import { AppError } from '../contract/errors.ts';
import type { Connection } from '../engine/engine.ts';
import { type Matrix, matrixFromColumns } from '../statistics/matrix.ts';

export interface CustomerFeatures {
  readonly customerIds: readonly string[];
  /** One row a customer, one column a feature, in the order asked for. */
  readonly matrix: Matrix;
  readonly monetary: Float64Array;
  readonly asOf: string;
}

async function numericFeatures(connection: Connection): Promise<string[]> {
  const names = await connection.strings(
    `select column_name from duckdb_columns()
     where schema_name = 'features' and table_name = 'customer_features'
       and (data_type in ('BIGINT', 'INTEGER', 'DOUBLE', 'HUGEINT') or data_type like 'DECIMAL%')
     order by column_index`,
  );
  return names.filter((name) => name !== null);
}

/** Refuses what is no numeric column of features.customer_features. */
export async function requireFeatures(
  connection: Connection,
  features: readonly string[],
): Promise<void> {
  const known = await numericFeatures(connection);
  if (known.length === 0) throw new AppError('NO_CUSTOMERS');
  const unknown = features.find((feature) => !known.includes(feature));
  if (unknown !== undefined) {
    throw new AppError('FEATURE_UNKNOWN', { feature: unknown, known: known.join(', ') });
  }
}

/** Reads the features of every customer in the order of their ids, so that training does not depend on storage. */
export async function readFeatures(
  connection: Connection,
  features: readonly string[],
): Promise<CustomerFeatures> {
  await requireFeatures(connection, features);
  const ids = await connection.strings(
    'select customer_id from features.customer_features order by customer_id',
  );
  if (ids.length === 0) throw new AppError('NO_CUSTOMERS');
  const columns = [...new Set([...features, 'monetary'])];
  const result = await connection.numbers(
    `select ${columns.map((name) => `cast("${name}" as double) as "${name}"`).join(', ')}
     from features.customer_features order by customer_id`,
  );
  const values = features.map((feature) => {
    const column = result.columns[feature] ?? new Float64Array();
    const missing = column.reduce((count, value) => (Number.isNaN(value) ? count + 1 : count), 0);
    if (missing > 0) {
      const problem = `${missing} customers have no value of it`;
      throw new AppError('FEATURE_UNUSABLE', { feature, problem });
    }
    return column;
  });
  const [row] = await connection.rows<{ as_of: string }>(
    'select as_of from features.customer_features limit 1',
  );
  return {
    customerIds: ids.map((id) => id ?? ''),
    matrix: matrixFromColumns(values),
    monetary: result.columns['monetary'] ?? new Float64Array(),
    asOf: row?.as_of ?? '',
  };
}
