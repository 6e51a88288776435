import { AppError } from '../contract/errors.ts';
import type { Connection } from '../engine/engine.ts';
import { assignNearest } from '../statistics/clustering/assign.ts';
import { matrixFromRows } from '../statistics/matrix.ts';
import { featureColumn, featuresFrom, readForModel, requireFeatures } from './feature-catalogue.ts';
import type { ModelArtifact } from './model-artifact.ts';
import { applyRecipe } from './prepare-features.ts';

/** Rows that are handed to the engine at once. */
const ROWS = 65_536;

interface Assigned {
  /** Where each customer stands in the temporary table `found_customers`. */
  readonly places: Float64Array;
  readonly labels: Int32Array;
  /** One row a customer, one column a feature, as distances are taken. */
  readonly scaled: Float64Array;
}

/** Puts the features of every customer side by side; their ids stay in the engine, and numbers alone come out. */
async function assign(connection: Connection, model: ModelArtifact): Promise<Assigned> {
  const features = await readForModel(model, () => requireFeatures(connection, model.features));
  const selected = features.map(
    (feature, i) => `cast(${featureColumn(feature, features)} as double) as c${i}`,
  );
  await connection.run(
    `create or replace temp table found_customers as
     select row_number() over () as place, f.customer_id, ${selected.join(', ')} from ${featuresFrom(features)}`,
  );
  const names = features.map((_, i) => `c${i}`);
  const { columns, rows } = await connection.numbers(
    `select cast(place as double) as place, ${names.join(', ')} from found_customers`,
  );
  if (rows === 0) throw new AppError('NO_CUSTOMERS');
  const values = (name: string): Float64Array => columns[name] ?? new Float64Array();
  const scaled = applyRecipe(names.map(values), model.preprocessing, model.features);
  const { labels } = assignNearest(scaled, matrixFromRows(model.centroids));
  return { places: values('place'), labels, scaled: scaled.values };
}

/** Hands what was computed to the engine, as the temporary table `assigned`. */
async function giveBack(connection: Connection, assigned: Assigned, width: number): Promise<void> {
  const { places, labels, scaled } = assigned;
  const columns = Array.from({ length: width }, (_, i) => i);
  await connection.run(
    `create or replace temp table assigned
       (place integer, label integer, ${columns.map((i) => `s${i} double`).join(', ')})`,
  );
  for (let from = 0; from < places.length; from += ROWS) {
    const to = Math.min(from + ROWS, places.length);
    await connection.append('assigned', [
      { type: 'INTEGER', values: Int32Array.from(places.subarray(from, to)) },
      { type: 'INTEGER', values: labels.subarray(from, to) },
      ...columns.map((column) => ({
        type: 'DOUBLE' as const,
        values: new Float64Array(to - from).map((_, i) => scaled[(from + i) * width + column] ?? 0),
      })),
    ]);
  }
}

/** The features as the model saw them, for the panels that show distances; one row a customer. */
async function writeScaled(connection: Connection, model: ModelArtifact): Promise<void> {
  const columns = model.features.map((feature) => `"${feature}" double not null`).join(', ');
  await connection.run(
    `create or replace table features.customer_features_scaled
       (customer_id varchar not null, ${columns}, model_version integer not null)`,
  );
  await connection.run(
    `insert into features.customer_features_scaled
     select c.customer_id, ${model.features.map((_, i) => `a.s${i}`).join(', ')}, $version::integer
     from assigned a join found_customers c on c.place = a.place`,
    { version: model.version },
  );
}

async function writeAssignments(
  connection: Connection,
  model: ModelArtifact,
  asOf: string,
): Promise<void> {
  await connection.run('delete from gold.customer_segments');
  await connection.run(
    `insert into gold.customer_segments by name
     with named as materialized (
       select unnest(from_json($segments, '[{"id": "INTEGER", "name": "VARCHAR"}]'), recursive := true),
         generate_subscripts(from_json($segments, '["JSON"]'), 1) - 1 as label)
     select c.customer_id, n.id as segment_id, n.name as segment_name, $version::integer as model_version, $as_of::date as as_of
     from assigned a join found_customers c on c.place = a.place join named n on n.label = a.label`,
    { as_of: asOf, version: model.version, segments: JSON.stringify(model.segments) },
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
  from gold.customer_segments n left join ops.previous_segments o using (customer_id)
  where o.segment_id is distinct from n.segment_id
  group by all`;

/** Puts every customer into a segment by the model, without training; belongs into a transaction. */
export async function predict(
  connection: Connection,
  model: ModelArtifact,
  asOf: string,
): Promise<number> {
  const assigned = await assign(connection, model);
  await giveBack(connection, assigned, model.features.length);
  await writeScaled(connection, model);
  const day = { as_of: asOf, version: model.version };
  await keepPrevious(connection, day);
  await writeAssignments(connection, model, asOf);
  await connection.run(
    'delete from gold.segment_migration where as_of = $as_of::date and model_version = $version::integer',
    day,
  );
  await connection.run(migration, day);
  await connection.run('drop table assigned');
  await connection.run('drop table found_customers');
  return assigned.places.length;
}
