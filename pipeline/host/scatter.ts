import type { Connection } from '../engine/engine.ts';
import { requireFeatures } from '../segmentation/read-features.ts';

/** The customers of a scatter plot: a sample that stays the same from call to call. */
export async function scatterSql(
  connection: Connection,
  input: { x: string; y: string; limit: number },
): Promise<string> {
  await requireFeatures(connection, [input.x, input.y]);
  const columns = [...new Set([input.x, input.y])].map(
    (name) => `cast(f."${name}" as double) as "${name}"`,
  );
  return `
    select s.segment_id, s.segment_name, ${columns.join(', ')}
    from features.customer_features f join gold.customer_segments s using (customer_id)
    order by hash(customer_id) limit ${input.limit}`;
}
