import type { Connection } from '../engine/engine.ts';
import { assignNearest } from '../statistics/clustering/assign.ts';
import { matrixFromRows } from '../statistics/matrix.ts';
import { readForModel } from './feature-catalogue.ts';
import type { ModelArtifact } from './model-artifact.ts';
import { applyRecipe } from './prepare-features.ts';
import { readFeatures } from './read-features.ts';

/** Rows that are handed to the engine at once. */
const ROWS = 65_536;

interface Assigned {
  readonly customerIds: readonly string[];
  readonly labels: Int32Array;
  readonly scaled: Float64Array;
  readonly asOf: string;
}

async function assign(connection: Connection, model: ModelArtifact): Promise<Assigned> {
  const { customerIds, columns, asOf } = await readForModel(model, () =>
    readFeatures(connection, model.features),
  );
  const scaled = applyRecipe(columns, model.preprocessing, model.features);
  const { labels } = assignNearest(scaled, matrixFromRows(model.centroids));
  return { customerIds, labels, scaled: scaled.values, asOf };
}

/** The features as the model saw them, for the panels that show distances; one row a customer. */
async function writeScaled(
  connection: Connection,
  model: ModelArtifact,
  assigned: Assigned,
): Promise<void> {
  const width = model.features.length;
  const columns = model.features.map((feature) => `"${feature}" double not null`).join(', ');
  await connection.run(
    `create or replace table features.customer_features_scaled
       (customer_id varchar not null, ${columns}, model_version integer not null)`,
  );
  for (let from = 0; from < assigned.customerIds.length; from += ROWS) {
    const ids = assigned.customerIds.slice(from, from + ROWS);
    await connection.append('features.customer_features_scaled', [
      { type: 'VARCHAR', values: ids },
      ...model.features.map((_, column) => ({
        type: 'DOUBLE' as const,
        values: ids.map((_id, i) => assigned.scaled[(from + i) * width + column] ?? 0),
      })),
      { type: 'INTEGER', values: ids.map(() => model.version) },
    ]);
  }
}

async function writeAssignments(
  connection: Connection,
  model: ModelArtifact,
  assigned: Assigned,
): Promise<void> {
  await connection.run(
    'create or replace temp table assigned (customer_id varchar, label integer)',
  );
  for (let from = 0; from < assigned.customerIds.length; from += ROWS) {
    const ids = assigned.customerIds.slice(from, from + ROWS);
    await connection.append('assigned', [
      { type: 'VARCHAR', values: ids },
      { type: 'INTEGER', values: [...assigned.labels.subarray(from, from + ROWS)] },
    ]);
  }
  await connection.run(
    `create or replace temp table new_segments as
     select a.customer_id, (s.segment->>'id')::integer as segment_id, s.segment->>'name' as segment_name,
       ${model.version}::integer as model_version, $as_of::date as as_of
     from assigned a join (
       select unnest(from_json($segments, '["JSON"]')) as segment,
         generate_subscripts(from_json($segments, '["JSON"]'), 1) - 1 as label) s using (label)`,
    { as_of: assigned.asOf, segments: JSON.stringify(model.segments) },
  );
}

/** Keeps the assignment that stood before this day and model; a rerun of the same two compares with the same again. */
async function keepPrevious(
  connection: Connection,
  day: { as_of: string; version: number },
): Promise<void> {
  const [same] = await connection.rows<{ n: number }>(
    `select count(*) as n from (select 1 from gold.customer_segments
       where as_of = $as_of::date and model_version = $version::integer limit 1)`,
    day,
  );
  if (same?.n === 1) return;
  await connection.run('delete from ops.previous_segments');
  await connection.run(
    'insert into ops.previous_segments select customer_id, segment_id, segment_name from gold.customer_segments',
  );
}

/** Who moved from where to where, against the assignment that stood before. */
const migration = `
  insert into gold.segment_migration by name
  select $as_of::date as as_of, $version::integer as model_version, o.segment_id as from_segment_id,
    o.segment_name as from_segment_name, n.segment_id as to_segment_id, n.segment_name as to_segment_name,
    count(*) as customers
  from new_segments n left join ops.previous_segments o using (customer_id)
  where o.segment_id is distinct from n.segment_id
  group by all`;

/** Puts every customer into a segment by the model, without training; belongs into a transaction. */
export async function predict(connection: Connection, model: ModelArtifact): Promise<number> {
  const assigned = await assign(connection, model);
  await writeScaled(connection, model, assigned);
  await writeAssignments(connection, model, assigned);
  const day = { as_of: assigned.asOf, version: model.version };
  await keepPrevious(connection, day);
  await connection.run(
    'delete from gold.segment_migration where as_of = $as_of::date and model_version = $version::integer',
    day,
  );
  await connection.run(migration, day);
  await connection.run('delete from gold.customer_segments');
  await connection.run('insert into gold.customer_segments by name select * from new_segments');
  await connection.run('drop table new_segments');
  await connection.run('drop table assigned');
  return assigned.customerIds.length;
}
