import { AppError } from '../contract/errors.ts';
import type { FeatureInfo } from '../contract/features.ts';
import type { CustomerExplanation } from '../contract/segmentation.ts';
import type { Connection } from '../engine/engine.ts';
import {
  type ClusterContrast,
  contrastClusters,
} from '../statistics/explanation/cluster-contrast.ts';
import { type Matrix, matrixFromRows, rowOf } from '../statistics/matrix.ts';
import { prepareWith } from '../statistics/scaling/fitted-column.ts';
import { invertPreprocessing } from '../statistics/scaling/preprocessing.ts';
import { readForModel, requireFeatures } from './feature-catalogue.ts';
import { inWords, midSentence } from './in-words.ts';
import type { ModelArtifact } from './model-artifact.ts';
import { requireLatestModel } from './model-store.ts';
import { applyRecipe } from './prepare-features.ts';
import { readCustomer, readRanges } from './read-features.ts';
import { changesOf } from './smallest-changes.ts';

const NAMED = 2;

interface Place {
  readonly model: ModelArtifact;
  readonly features: readonly FeatureInfo[];
  /** The customer's values, what stands in for missing ones included. */
  readonly values: readonly number[];
  readonly missing: readonly boolean[];
  readonly centroids: Matrix;
  readonly scaled: readonly number[];
}

function distancesOf({ centroids, scaled, model }: Place): CustomerExplanation['distances'] {
  return model.segments
    .map(({ id, name }, i) => ({
      segmentId: id,
      segmentName: name,
      distance: Math.hypot(...rowOf(centroids, i).map((c, column) => c - (scaled[column] ?? 0))),
      position: i,
    }))
    .toSorted((a, b) => a.distance - b.distance || a.position - b.position)
    .map(({ segmentId, segmentName, distance }) => ({ segmentId, segmentName, distance }));
}

/** What speaks most for the segment, in a sentence. */
function sentenceOf(
  { features, values, model }: Place,
  contrast: ClusterContrast,
  centres: { own: number[]; other: number[] },
): string {
  const own = model.segments[contrast.label]?.name ?? '';
  const other = model.segments[contrast.other]?.name ?? '';
  const speaking = contrast.columns
    .map(({ contribution }, i) => ({ contribution, i }))
    .filter(({ contribution }) => contribution > 0)
    .toSorted((a, b) => b.contribution - a.contribution)
    .slice(0, NAMED)
    .map(({ i }) => {
      const { label = '', unit = 'number' } = features[i] ?? {};
      const told = (value: number | undefined): string => inWords(value ?? 0, unit);
      return `${midSentence(label)} of ${told(values[i])} (${own} ${told(centres.own[i])}, ${other} ${told(centres.other[i])})`;
    });
  if (speaking.length === 0) return `On the border between ${own} and ${other}.`;
  return `${own} rather than ${other} above all for ${speaking.join(' and ')}.`;
}

function onlySegment(
  place: Place,
): Pick<CustomerExplanation, 'sentence' | 'confidence' | 'nearestOther' | 'features'> {
  const centre = rowOf(invertPreprocessing(place.centroids, place.model.preprocessing), 0);
  return {
    sentence: 'The model has one segment only.',
    confidence: 1,
    nearestOther: null,
    features: place.features.map(({ name, label }, i) => ({
      feature: name,
      label,
      value: place.values[i] ?? 0,
      imputed: place.missing[i] ?? false,
      segmentCentre: centre[i] ?? 0,
      otherCentre: null,
      inFavour: null,
    })),
  };
}

function contrastOf(place: Place): ReturnType<typeof onlySegment> {
  const { model, features, values, missing, centroids, scaled } = place;
  if (centroids.rows < 2) return onlySegment(place);
  const contrast = contrastClusters(scaled, centroids);
  const original = invertPreprocessing(centroids, model.preprocessing);
  const centres = {
    own: rowOf(original, contrast.label),
    other: rowOf(original, contrast.other),
  };
  return {
    sentence: sentenceOf(place, contrast, centres),
    confidence: contrast.confidence,
    nearestOther: model.segments[contrast.other]?.name ?? null,
    features: features.map(({ name, label }, i) => ({
      feature: name,
      label,
      value: values[i] ?? 0,
      imputed: missing[i] ?? false,
      segmentCentre: centres.own[i] ?? 0,
      otherCentre: centres.other[i] ?? 0,
      inFavour: contrast.columns[i]?.contribution ?? null,
    })),
  };
}

async function placeOf(connection: Connection, customerId: string): Promise<Place> {
  const model = await requireLatestModel(connection);
  const features = await readForModel(model, () => requireFeatures(connection, model.features));
  const read = await readCustomer(connection, model.features, customerId);
  if (read === null) throw new AppError('CUSTOMER_UNKNOWN', { customer: customerId });
  const columns = Array.from(read, (value) => Float64Array.of(value));
  const scaled = rowOf(applyRecipe(columns, model.preprocessing, model.features), 0);
  return {
    model,
    features,
    values: Array.from(read, (value, i) =>
      Number.isNaN(value) ? (model.preprocessing.columns[i]?.impute ?? 0) : value,
    ),
    missing: Array.from(read, Number.isNaN),
    centroids: matrixFromRows(model.centroids),
    scaled,
  };
}

/**
 * Says why a customer is in their segment: distances to every centre, what each feature adds, and the
 * smallest changes that would move them, each of which was applied and assigned anew.
 */
export async function explain(
  connection: Connection,
  customerId: string,
): Promise<CustomerExplanation> {
  const { place, ranges } = await connection.transaction(async () => {
    const place = await placeOf(connection, customerId);
    return { place, ranges: await readRanges(connection, place.model.features) };
  });
  const { model, features, values, centroids } = place;
  const distances = distancesOf(place);
  const [own] = distances;
  const forward = model.preprocessing.columns.map(prepareWith);
  return {
    customerId,
    segmentId: own?.segmentId ?? 0,
    segmentName: own?.segmentName ?? '',
    modelVersion: model.version,
    ...contrastOf(place),
    distances,
    changes: changesOf({ features, values, ranges, forward, centroids, segments: model.segments }),
  };
}
