import type { ModelInfo, ModelReport, SegmentRule } from '../contract/segmentation.ts';
import type { Connection } from '../engine/engine.ts';
import type { Matrix } from '../statistics/matrix.ts';
import { shareColumns } from '../work/share-values.ts';
import { readForModel } from './feature-catalogue.ts';
import { meanSilhouette } from './mean-silhouette.ts';
import { type ModelArtifact, optionsOf } from './model-artifact.ts';
import { latestModel, listModels } from './model-store.ts';
import { assignOnWorker } from './prepare-features.ts';
import { profileClusters } from './profile.ts';
import { type CustomerFeatures, readFeatures } from './read-features.ts';
import { ruleText } from './rule-text.ts';
import { onWorker, type Work } from '../work/on-worker.ts';

const SILHOUETTE_ROWS = 5000;

/** Customers where a model puts them. */
interface Placed {
  readonly labels: Int32Array;
  /** The segments that have any customer, by their position in the model, rising. */
  readonly segments: readonly number[];
  readonly columns: Float64Array[];
  readonly original: Matrix;
  /** Of each feature whether a customer has no value of it. */
  readonly gaps: readonly boolean[];
  readonly features: CustomerFeatures['features'];
}

/** A few rules on the features' own values that put customers nearly where the model does. */
async function surrogateRules(
  model: ModelArtifact,
  { labels, segments, columns, original, gaps, features }: Placed,
  work: Work,
): Promise<{ rules: SegmentRule[]; fidelity: number | null }> {
  if (segments.length < 2) return { rules: [], fidelity: null };
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
  const standIns = gaps.map((missing, i) =>
    missing ? (model.preprocessing.columns[i]?.impute ?? null) : null,
  );
  return {
    fidelity: accuracy,
    rules: rules.map(({ label, conditions, rows, precision }) => ({
      segmentId: model.segments[label]?.id ?? 0,
      segmentName: model.segments[label]?.name ?? '',
      when: ruleText(conditions, { features, columns, standIns }),
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

async function driftOf(
  model: ModelArtifact,
  columns: readonly Float64Array[],
  work: Work,
): Promise<ModelReport['drift']> {
  const found = await onWorker(work, 'The drift', 'columnDrift', columns, model.baselines);
  return model.features.flatMap((feature, i) => {
    const index = found[i] ?? null;
    return index === null ? [] : [{ feature, index }];
  });
}

/** What the segments of a model are like. */
export async function reportOn(
  { model, info, read }: ModelRead,
  work: Work = {},
): Promise<ModelReport> {
  const { features } = read;
  const shared = shareColumns(read.columns);
  const { matrix, labels } = await assignOnWorker(shared, model, work);
  const whole = await onWorker(work, 'The report', 'fillColumns', shared, model.preprocessing);
  const rows = SILHOUETTE_ROWS;
  const widths = await meanSilhouette(matrix, labels, { rows, seed: model.seed, ...work });
  const clusters = widths?.clusters ?? [];
  const segments = [...new Set(labels)].toSorted((a, b) => a - b);
  const profiles = await profileClusters({
    features,
    original: whole.original,
    labels,
    widths: clusters,
    ...work,
  });
  return {
    ...info,
    options: optionsOf(model),
    fingerprint: model.fingerprint,
    silhouetteRows: widths?.rows ?? 0,
    segments: profiles
      .map((profile, i) => {
        const segment = model.segments[segments[i] ?? 0];
        const { id = 0, name = '' } = segment ?? {};
        return Object.assign(profile, { segmentId: id, segmentName: name });
      })
      .toSorted((a, b) => a.segmentId - b.segmentId),
    ...(await surrogateRules(model, { ...whole, labels, segments, features }, work)),
    drift: await driftOf(model, whole.columns, work),
  };
}
