import { AppError } from '../contract/errors.ts';
import type { ModelInfo } from '../contract/segmentation.ts';
import type { Connection } from '../engine/engine.ts';
import { sqlTimestamp } from '../engine/sql-timestamp.ts';
import { type ModelArtifact, modelArtifact } from './model-artifact.ts';

/** The names that the owner gave to segments, by id. */
async function givenNames(connection: Connection): Promise<Map<number, string>> {
  const rows = await connection.rows<{ segment_id: number; name: string }>(
    'select segment_id, name from ops.segment_names',
  );
  return new Map(rows.map(({ segment_id, name }) => [segment_id, name]));
}

/** Every segment that any model had, by id: the history forgets those that came and went within one day. */
export async function knownSegments(connection: Connection): Promise<Map<number, string>> {
  const artifacts = await connection.strings(
    'select artifact from ops.models order by model_version',
  );
  const trained = artifacts.flatMap((artifact) =>
    modelArtifact
      .parse(JSON.parse(artifact ?? ''))
      .segments.map(({ id, name }): [number, string] => [id, name]),
  );
  return new Map([...trained, ...(await givenNames(connection))]);
}

/** A model as it stands, its segments by the names they have now. */
async function named(connection: Connection, artifact: string): Promise<ModelArtifact> {
  const model = modelArtifact.parse(JSON.parse(artifact));
  const names = await givenNames(connection);
  const segments = model.segments.map(({ id, name }) => ({ id, name: names.get(id) ?? name }));
  return { ...model, segments };
}

export async function latestModel(connection: Connection): Promise<ModelArtifact | null> {
  const [artifact] = await connection.strings(
    'select artifact from ops.models order by model_version desc limit 1',
  );
  return typeof artifact === 'string' ? named(connection, artifact) : null;
}

export async function requireLatestModel(connection: Connection): Promise<ModelArtifact> {
  const model = await latestModel(connection);
  if (model === null) throw new AppError('NO_SEGMENT_MODEL');
  return model;
}

export async function requireModel(
  connection: Connection,
  version: number,
): Promise<ModelArtifact> {
  const rows = await connection.rows<{ version: number; artifact: string }>(
    'select model_version as version, artifact from ops.models order by model_version',
  );
  const found = rows.find((row) => row.version === version);
  if (found !== undefined) return named(connection, found.artifact);
  if (rows.length === 0) throw new AppError('NO_SEGMENT_MODEL');
  throw new AppError('MODEL_UNKNOWN', {
    version,
    known: rows.map((row) => row.version).join(', '),
  });
}

/** Every model that was trained, the newest first. */
export async function listModels(connection: Connection): Promise<ModelInfo[]> {
  const rows = await connection.rows<Omit<ModelInfo, 'current'>>(
    `select model_version as version, cast(trained_at as varchar) as "trainedAt", as_of as "asOf", k, features,
       customers, inertia, silhouette
     from ops.models order by model_version desc`,
  );
  return rows.map((row, i) => Object.assign(row, { current: i === 0 }));
}

export async function saveModel(
  connection: Connection,
  model: ModelArtifact,
  trainedAt: Date,
): Promise<void> {
  await connection.run(
    `insert into ops.models by name select $version::integer as model_version, $trained::timestamp as trained_at,
       $as_of::date as as_of, $k::integer as k, from_json($features, '["VARCHAR"]') as features,
       $inertia::double as inertia, $silhouette::double as silhouette, $customers::bigint as customers,
       $artifact as artifact`,
    {
      version: model.version,
      trained: sqlTimestamp(trainedAt),
      as_of: model.asOf,
      k: model.segments.length,
      features: JSON.stringify(model.features),
      inertia: model.scores.inertia,
      silhouette: model.scores.silhouette,
      customers: model.customers,
      artifact: JSON.stringify(model),
    },
  );
}
