import type { ModelInfo, ModelReport, SegmentRule } from '../contract/segmentation.ts';
import type { Connection } from '../engine/engine.ts';
import { assignNearest } from '../statistics/clustering/assign.ts';
import { type Matrix, matrixFromColumns, matrixFromRows } from '../statistics/matrix.ts';
import { populationStability } from '../statistics/scores/population-stability.ts';
import { shareMatrix } from '../work/share-values.ts';
import { readForModel } from './feature-catalogue.ts';
import { meanSilhouette } from './mean-silhouette.ts';
import { type ModelArtifact, optionsOf } from './model-artifact.ts';
import { latestModel, listModels } from './model-store.ts';
import { applyRecipe } from './prepare-features.ts';
import { profileClusters } from './profile.ts';
import { type CustomerFeatures, readFeatures } from './read-features.ts';
import { ruleText } from './rule-text.ts';
import { filled } from './train.ts';
import { onWorker, type Work } from '../work/on-worker.ts';

const SILHOUETTE_ROWS = 5000;

/** A few rules on the features' own values that put customers nearly where the model does. */
async function surrogateRules(
  model: ModelArtifact,
  {
    labels,
    columns,
    original,
    read,
  }: { labels: Int32Array; columns: Float64Array[]; original: Matrix; read: CustomerFeatures },
  work: Work,
): Promise<{ rules: SegmentRule[]; fidelity: number | null }> {
  if (new Set(labels).size < 2) return { rules: [], fidelity: null };
  const { rules, accuracy } = await onWorker(
    work,
    'The rules',
    'surrogateRules',
    original,
    labels,
    {
      maxLeaves: Math.max(8, 2 * model.segments.length),
      maxDepth: 5,
      seed: model.seed,
    },
  );
  const standIns = read.columns.map((column, i) =>
    column.some(Number.isNaN) ? (model.preprocessing.columns[i]?.impute ?? null) : null,
  );
  return {
    fidelity: accuracy,
    rules: rules.map(({ label, conditions, rows, precision }) => ({
      segmentId: model.segments[label]?.id ?? 0,
      segmentName: model.segments[label]?.name ?? '',
      when: ruleText(conditions, { features: read.features, columns, standIns }),
      customers: rows,
      precision,
    })),
  };
}

/** A model and the customers that it places, read in one state of the tables. */
export interface ModelRead {
  readonly model: ModelArtifact;
  readonly info: ModelInfo;
  readonly read: CustomerFeatures;
}

/** The model that places customers now; null before the first. */
export function readModel(connection: Connection): Promise<ModelRead | null> {
  return connection.transaction(async () => {
    const model = await latestModel(connection);
    const [info] = await listModels(connection);
    if (model === null || info === undefined) return null;
    const read = await readForModel(model, () => readFeatures(connection, model.features));
    return { model, info, read };
  });
}

/** The model that places customers now, and what its segments are like; null before the first. */
export async function modelReport(
  connection: Connection,
  work: Work = {},
): Promise<ModelReport | null> {
  const found = await readModel(connection);
  return found === null ? null : reportOn(found, work);
}

/** What the segments of a model are like. */
export async function reportOn(
  { model, info, read }: ModelRead,
  work: Work = {},
): Promise<ModelReport> {
  const matrix = applyRecipe(read.columns, model.preprocessing, model.features);
  const { labels } = assignNearest(matrix, matrixFromRows(model.centroids));
  const columns = filled(read.columns, model.preprocessing);
  const original = shareMatrix(matrixFromColumns(columns));
  const rows = SILHOUETTE_ROWS;
  const widths = await meanSilhouette(matrix, labels, { rows, seed: model.seed, ...work });
  const clusters = widths?.clusters ?? [];
  const present = [...new Set(labels)].toSorted((a, b) => a - b);
  const { features } = read;
  const profiles = await profileClusters({ features, original, labels, widths: clusters, ...work });
  return {
    ...info,
    options: optionsOf(model),
    fingerprint: model.fingerprint,
    silhouetteRows: widths?.rows ?? 0,
    segments: profiles
      .map((profile, i) => {
        const segment = model.segments[present[i] ?? 0];
        const { id = 0, name = '' } = segment ?? {};
        return Object.assign(profile, { segmentId: id, segmentName: name });
      })
      .toSorted((a, b) => a.segmentId - b.segmentId),
    ...(await surrogateRules(model, { labels, columns, original, read }, work)),
    drift: model.features.flatMap((feature, i) => {
      const baseline = model.baselines[i];
      const column = columns[i];
      if (baseline === undefined || column === undefined) return [];
      return [{ feature, index: populationStability(column, baseline) }];
    }),
  };
}
