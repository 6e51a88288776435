import { AppError } from '../contract/errors.ts';
import type { FeatureInfo } from '../contract/features.ts';
import type { Connection } from '../engine/engine.ts';
import { featureColumn, featuresFrom, requireFeatures } from './feature-catalogue.ts';

export interface CustomerFeatures {
  readonly customerIds: readonly string[];
  readonly features: readonly FeatureInfo[];
  /** One column a feature, in the order asked for; NaN where a customer has no value. */
  readonly columns: readonly Float64Array[];
  readonly monetary: Float64Array;
  readonly asOf: string;
}

/**
 * Reads the features of every customer in the order of their ids, so that training does not depend on storage; all of it
 * from one state of the tables, whoever replaces them meanwhile.
 */
export function readFeatures(
  connection: Connection,
  names: readonly string[],
): Promise<CustomerFeatures> {
  return connection.transaction(() => readColumns(connection, names));
}

async function readColumns(
  connection: Connection,
  names: readonly string[],
): Promise<CustomerFeatures> {
  const features = await requireFeatures(connection, names);
  const ids = await connection.strings(
    'select customer_id from features.customer_features order by customer_id',
  );
  if (ids.length === 0) throw new AppError('NO_CUSTOMERS');
  const selected = features.map(
    (feature, i) => `cast(${featureColumn(feature, features)} as double) as c${i}`,
  );
  const { columns } = await connection.numbers(
    `select ${[...selected, 'cast(f.monetary as double) as monetary'].join(', ')}
     from ${featuresFrom(features)} order by f.customer_id`,
  );
  const [row] = await connection.rows<{ as_of: string }>(
    'select as_of from features.customer_features limit 1',
  );
  return {
    customerIds: ids.map((id) => id ?? ''),
    features,
    columns: features.map((_, i) => columns[`c${i}`] ?? new Float64Array()),
    monetary: columns['monetary'] ?? new Float64Array(),
    asOf: row?.as_of ?? '',
  };
}

export interface Range {
  readonly least: number;
  readonly most: number;
}

/** The least and greatest value of each feature that any customer has, in the order asked for. */
export async function readRanges(
  connection: Connection,
  names: readonly string[],
): Promise<Range[]> {
  const features = await requireFeatures(connection, names);
  const selected = features.flatMap((feature, i) => {
    const value = `cast(${featureColumn(feature, features)} as double)`;
    return [`min(${value}) as least${i}`, `max(${value}) as most${i}`];
  });
  const [row] = await connection.rows<Record<string, number | null>>(
    `select ${selected.join(', ')} from ${featuresFrom(features)}`,
  );
  return features.map((_, i) => ({ least: row?.[`least${i}`] ?? 0, most: row?.[`most${i}`] ?? 0 }));
}

/** One customer's values, in the order asked for; null where there is no such customer. */
export async function readCustomer(
  connection: Connection,
  names: readonly string[],
  customerId: string,
): Promise<Float64Array | null> {
  const features = await requireFeatures(connection, names);
  const selected = features.map(
    (feature, i) => `cast(${featureColumn(feature, features)} as double) as c${i}`,
  );
  const [row] = await connection.rows<Record<string, number | null>>(
    `select ${selected.join(', ')} from ${featuresFrom(features)} where f.customer_id = $customer`,
    { customer: customerId },
  );
  if (row === undefined) return null;
  return Float64Array.from(features, (_, i) => row[`c${i}`] ?? Number.NaN);
}
