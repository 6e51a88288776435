import type { Connection } from '../engine/engine.ts';
import { featureColumn, featuresFrom, requireFeatures } from '../segmentation/feature-catalogue.ts';

async function scatterSql(
  connection: Connection,
  input: { x: string; y: string; limit: number },
): Promise<string> {
  const features = await requireFeatures(connection, [...new Set([input.x, input.y])]);
  const columns = features.map(
    (feature) => `cast(${featureColumn(feature, features)} as double) as "${feature.name}"`,
  );
  return `
    select s.segment_id, s.segment_name, ${columns.join(', ')}
    from ${featuresFrom(features)}
    join gold.customer_segments s on s.customer_id = f.customer_id
    order by hash(f.customer_id) limit ${input.limit}`;
}

/** The customers of a scatter plot as an Arrow IPC stream: a sample that stays the same from call to call. */
export async function readScatter(
  connection: Connection,
  input: { x: string; y: string; limit: number },
): Promise<Uint8Array[]> {
  const pieces: Uint8Array[] = [];
  for await (const piece of connection.arrow(await scatterSql(connection, input))) {
    pieces.push(piece);
  }
  return pieces;
}
