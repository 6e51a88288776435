import type { TrainOptions } from '../contract/recipe.ts';
import type { Connection } from '../engine/engine.ts';
import { fingerprint } from '../statistics/clustering/fingerprint.ts';
import type { KMeansFit } from '../statistics/clustering/finish-fit.ts';
import { type Matrix, matrixFromColumns, rowOf } from '../statistics/matrix.ts';
import { filled } from '../work/model-tasks.ts';
import { shareColumns } from '../work/share-values.ts';
import type { FittedPreprocessing } from '../statistics/scaling/preprocessing.ts';
import { baselineOf } from '../statistics/scores/population-stability.ts';
import { cluster, prepareClustering } from './cluster.ts';
import { meanSilhouette } from './mean-silhouette.ts';
import type { ModelArtifact, ModelScores } from './model-artifact.ts';
import { keepGivenNames, withGivenNames } from './given-names.ts';
import { knownSegments, latestModel, saveModel } from './model-store.ts';
import { prepareOnWorker } from './prepare-features.ts';
import { clustersOfFit, identifying } from './new-identities.ts';
import { presentSegments } from './previous-segments.ts';
import { type CustomerFeatures, readFeatures } from './read-features.ts';
import { firstIdentities, segmentNames } from './segment-identity.ts';
import { onWorker, type Work } from '../work/on-worker.ts';

export interface TrainContext extends Work {
  readonly now: () => Date;
  /** What to call the clusters, by falling mean monetary; null leaves a name to Strata. */
  readonly names?: readonly (string | null)[] | undefined;
}

/** Up to here the silhouette that is kept with a model is that of all customers. */
const SILHOUETTE_ROWS = 20_000;

/** The mean monetary of each cluster. */
export function meanMonetary(labels: Int32Array, monetary: Float64Array, k: number): number[] {
  const sums = new Float64Array(k);
  const counts = new Float64Array(k);
  for (const [row, label] of labels.entries()) {
    sums[label] = (sums[label] ?? 0) + (monetary[row] ?? 0);
    counts[label] = (counts[label] ?? 0) + 1;
  }
  return [...sums].map((sum, i) => sum / (counts[i] ?? 1));
}

interface Prepared {
  readonly read: CustomerFeatures;
  readonly matrix: Matrix;
  readonly fitted: FittedPreprocessing;
}

function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}

async function scoresOf(
  { matrix }: Prepared,
  { labels, inertia }: KMeansFit,
  { k, seed, ...work }: Work & { readonly k: number; readonly seed: number },
): Promise<ModelScores> {
  const rows = SILHOUETTE_ROWS;
  const widths = await meanSilhouette(matrix, labels, { rows, seed, ...work });
  const defined = k >= 2 && k < matrix.rows;
  const scores = defined
    ? await onWorker(work, 'Training', 'clusterScores', matrix, labels)
    : { calinskiHarabasz: null, daviesBouldin: null };
  return {
    inertia,
    silhouette: widths?.value ?? null,
    silhouetteRows: widths?.rows ?? 0,
    calinskiHarabasz: finite(scores.calinskiHarabasz),
    daviesBouldin: finite(scores.daviesBouldin),
  };
}

/** The ids of new clusters: those of the segments they go on from, and new ones for what is new. */
async function identities(
  connection: Connection,
  { read, matrix, fitted, features }: Prepared & { readonly features: readonly string[] },
  { fit, ...work }: Work & { readonly fit: KMeansFit },
): Promise<{ ids: number[]; names: Map<number, string>; version: number }> {
  const previous = await latestModel(connection);
  const known = await knownSegments(connection);
  const named = (ids: number[]) => ({
    ids,
    names: new Map([...known, ...segmentNames(ids, known)]),
  });
  if (previous === null) {
    const first = firstIdentities(meanMonetary(fit.labels, read.monetary, fit.centroids.rows));
    return { ...named(first), version: 1 };
  }
  const segmentOf = () => presentSegments(connection);
  const identify = await identifying(
    previous,
    { fitted, features, matrix: () => matrix, segmentOf },
    known,
  );
  const ids = identify(await clustersOfFit(matrix, fit, work));
  return { ...named(ids), version: previous.version + 1 };
}

/** Trains on all customers and saves the model; segments keep the ids of those they go on from. */
export async function train(
  connection: Connection,
  options: TrainOptions,
  { now, names: wanted = [], ...work }: TrainContext,
): Promise<ModelArtifact> {
  const { k, seed, restarts, ...recipe } = options;
  const read = await readFeatures(connection, recipe.features);
  const { matrix, fitted } = await prepareOnWorker(shareColumns(read.columns), recipe, work);
  const fit = await cluster(prepareClustering(matrix), options, { ...work, what: 'Training' });
  const prepared = { read, matrix, fitted, features: recipe.features };
  const {
    ids,
    names: usual,
    version,
  } = await identities(connection, prepared, {
    ...work,
    fit,
  });
  const ranks = firstIdentities(meanMonetary(fit.labels, read.monetary, k));
  const given = new Map(
    ids.flatMap((id, cluster): [number, string][] => {
      const name = wanted[(ranks[cluster] ?? 0) - 1] ?? null;
      return name === null ? [] : [[id, name]];
    }),
  );
  const names = withGivenNames(usual, given);
  const model: ModelArtifact = {
    format: 2,
    version,
    features: [...recipe.features],
    recipe,
    preprocessing: { columns: [...fitted.columns] },
    centroids: Array.from({ length: k }, (_, i) => rowOf(fit.centroids, i)),
    segments: ids.map((id) => ({ id, name: names.get(id) ?? `Segment ${id}` })),
    seed,
    restarts,
    asOf: read.asOf,
    customers: read.customerIds.length,
    scores: await scoresOf(prepared, fit, { ...work, k, seed }),
    fingerprint: fingerprint(matrixFromColumns(filled(read.columns, fitted))),
    baselines: filled(read.columns, fitted).map((column) => {
      const { edges, shares } = baselineOf(column);
      return { edges: [...edges], shares: [...shares] };
    }),
  };
  await connection.transaction(async () => {
    await saveModel(connection, model, now());
    await keepGivenNames(connection, given);
  });
  return model;
}
