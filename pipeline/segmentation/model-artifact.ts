import { z } from 'zod';
import { AppError } from '../contract/errors.ts';
import { scaling, transform } from '../contract/schemas.ts';
import type { Connection } from '../engine/engine.ts';
import { sqlTimestamp } from '../engine/sql-timestamp.ts';

/** A trained model as it is kept: enough to put a new customer into a segment without training. */
export const modelArtifact = z.object({
  version: z.number().int(),
  features: z.array(z.string()),
  scaling: z.object({
    transform,
    scaling,
    centers: z.array(z.number()),
    scales: z.array(z.number()),
  }),
  /** One row a segment, in the scaled space. */
  centroids: z.array(z.array(z.number())),
  segments: z.array(z.object({ id: z.number().int(), name: z.string() })),
  seed: z.number(),
  restarts: z.number(),
  asOf: z.string(),
  customers: z.number(),
  inertia: z.number(),
});

export type ModelArtifact = z.infer<typeof modelArtifact>;

export async function latestModel(connection: Connection): Promise<ModelArtifact | null> {
  const [row] = await connection.rows<{ artifact: string }>(
    'select artifact from ops.models order by model_version desc limit 1',
  );
  return row === undefined ? null : modelArtifact.parse(JSON.parse(row.artifact));
}

/** Every segment that any model had, by id: the history forgets those that came and went within one day. */
export async function knownSegments(connection: Connection): Promise<Map<number, string>> {
  const artifacts = await connection.strings(
    'select artifact from ops.models order by model_version',
  );
  return new Map(
    artifacts.flatMap((artifact) =>
      modelArtifact
        .parse(JSON.parse(artifact ?? ''))
        .segments.map(({ id, name }): [number, string] => [id, name]),
    ),
  );
}

export async function requireModel(connection: Connection): Promise<ModelArtifact> {
  const model = await latestModel(connection);
  if (model === null) throw new AppError('NO_SEGMENT_MODEL');
  return model;
}

export async function saveModel(
  connection: Connection,
  model: ModelArtifact,
  input: { trainedAt: Date; silhouette: number | null },
): Promise<void> {
  await connection.run(
    `insert into ops.models by name select $version::integer as model_version, $trained::timestamp as trained_at,
       $as_of::date as as_of, $k::integer as k, from_json($features, '["VARCHAR"]') as features,
       $inertia::double as inertia, $silhouette::double as silhouette, $customers::bigint as customers,
       $artifact as artifact`,
    {
      version: model.version,
      trained: sqlTimestamp(input.trainedAt),
      as_of: model.asOf,
      k: model.segments.length,
      features: JSON.stringify(model.features),
      inertia: model.inertia,
      silhouette: input.silhouette,
      customers: model.customers,
      artifact: JSON.stringify(model),
    },
  );
}
