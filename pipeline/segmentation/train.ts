import { AppError } from '../contract/errors.ts';
import type { TrainOptions } from '../contract/schemas.ts';
import type { Connection } from '../engine/engine.ts';
import { type Matrix, matrixFromRows, rowOf } from '../statistics/matrix.ts';
import {
  applyScaling,
  type FittedScaling,
  fitScaling,
  invertScaling,
  UnusableColumnError,
} from '../statistics/scaling/scaling.ts';
import { silhouette } from '../statistics/scores/silhouette.ts';
import type { Clusterer } from './clusterer.ts';
import { mlKmeansClusterer } from './ml-kmeans-clusterer.ts';
import { knownSegments, latestModel, type ModelArtifact, saveModel } from './model-artifact.ts';
import { type CustomerFeatures, readFeatures } from './read-features.ts';
import { firstIdentities, matchIdentities, segmentNames } from './segment-identity.ts';

export interface TrainContext {
  readonly clusterer?: Clusterer;
  readonly now: () => Date;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

export const MAX_ITERATIONS = 300;
export const TOLERANCE = 1e-4;

/** Fits the scaling to the customers there are; a column without a scale is told by its feature's name. */
export function scaleFeatures(
  features: CustomerFeatures,
  options: Pick<TrainOptions, 'features' | 'transform' | 'scale'>,
): { scaled: Matrix; fitted: FittedScaling } {
  try {
    const fitted = fitScaling(features.matrix, {
      transform: options.transform,
      scaling: options.scale,
    });
    return { scaled: applyScaling(features.matrix, fitted), fitted };
  } catch (error) {
    if (!(error instanceof UnusableColumnError)) throw error;
    const feature = options.features[error.column] ?? '';
    throw new AppError('FEATURE_UNUSABLE', { feature, problem: error.message }, { cause: error });
  }
}

function meanMonetary(labels: Int32Array, monetary: Float64Array, k: number): number[] {
  const sums = new Float64Array(k);
  const counts = new Float64Array(k);
  for (const [row, label] of labels.entries()) {
    sums[label] = (sums[label] ?? 0) + (monetary[row] ?? 0);
    counts[label] = (counts[label] ?? 0) + 1;
  }
  return [...sums].map((sum, i) => sum / (counts[i] ?? 1));
}

/** Where the previous model's segments lie in the space of the new one. */
async function previousCentroids(
  connection: Connection,
  previous: ModelArtifact,
  next: { features: readonly string[]; fitted: FittedScaling; read: CustomerFeatures },
): Promise<{ id: number; centroid: number[] }[]> {
  const same = previous.features.join() === next.features.join();
  if (same) {
    const original = invertScaling(matrixFromRows(previous.centroids), previous.scaling);
    const moved = applyScaling(original, next.fitted);
    return previous.segments.map(({ id }, i) => ({ id, centroid: rowOf(moved, i) }));
  }
  // Other features: a segment lies where its customers of today lie on average.
  const scaled = applyScaling(next.read.matrix, next.fitted);
  const members = await connection.rows<{ customer_id: string; segment_id: number }>(
    'select customer_id, segment_id from gold.customer_segments',
  );
  const segmentOf = new Map(members.map((row) => [row.customer_id, row.segment_id]));
  return previous.segments.flatMap(({ id }) => {
    const rows = next.read.customerIds.flatMap((customer, i) =>
      segmentOf.get(customer) === id ? [rowOf(scaled, i)] : [],
    );
    if (rows.length === 0) return [];
    const centroid = next.features.map(
      (_, column) => rows.reduce((sum, row) => sum + (row[column] ?? 0), 0) / rows.length,
    );
    return [{ id, centroid }];
  });
}

/** Trains on all customers and saves the model; segments keep the ids of those they go on from. */
export async function train(
  connection: Connection,
  options: TrainOptions,
  context: TrainContext,
): Promise<ModelArtifact> {
  const read = await readFeatures(connection, options.features);
  const { scaled, fitted } = scaleFeatures(read, options);
  const clustering = await (context.clusterer ?? mlKmeansClusterer).fit(scaled, {
    k: options.k,
    seed: options.seed,
    restarts: options.restarts,
    maxIterations: MAX_ITERATIONS,
    tolerance: TOLERANCE,
    ...(context.signal === undefined ? {} : { signal: context.signal }),
    ...(context.onProgress === undefined ? {} : { onProgress: context.onProgress }),
  });
  const centroids = Array.from({ length: options.k }, (_, i) => rowOf(clustering.centroids, i));
  const previous = await latestModel(connection);
  const known = await knownSegments(connection);
  const ids =
    previous === null
      ? firstIdentities(meanMonetary(clustering.labels, read.monetary, options.k))
      : matchIdentities({
          previous: await previousCentroids(connection, previous, {
            features: options.features,
            fitted,
            read,
          }),
          next: centroids,
          highestId: Math.max(0, ...known.keys()),
        });
  const names = segmentNames(ids, known);
  const model: ModelArtifact = {
    version: (previous?.version ?? 0) + 1,
    features: [...options.features],
    scaling: {
      ...fitted,
      centers: [...fitted.centers],
      scales: [...fitted.scales],
    },
    centroids,
    segments: ids.map((id) => ({ id, name: names.get(id) ?? `Segment ${id}` })),
    seed: options.seed,
    restarts: options.restarts,
    asOf: read.asOf,
    customers: read.customerIds.length,
    inertia: clustering.inertia,
  };
  const widths =
    options.k >= 2 && options.k < scaled.rows
      ? silhouette(scaled, clustering.labels, { seed: options.seed })
      : null;
  await connection.transaction(() =>
    saveModel(connection, model, {
      trainedAt: context.now(),
      silhouette: widths?.value ?? null,
    }),
  );
  return model;
}
