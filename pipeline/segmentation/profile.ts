import type { FeatureInfo } from '../contract/features.ts';
import type { ClusterProfile, FeatureEffect } from '../contract/segmentation.ts';
import type { Matrix } from '../statistics/matrix.ts';
import type { ColumnEffect } from '../statistics/explanation/effect-sizes.ts';
import type { ClusterWidth } from '../statistics/scores/silhouette.ts';
import { inWords, midSentence } from './in-words.ts';
import { onWorker, type Work } from '../work/on-worker.ts';

/** Below this Cohen called an effect trivial (1988). */
const TRIVIAL = 0.2;
const LARGE = 0.8;
const NAMED = 3;

interface ProfileInput extends Work {
  readonly features: readonly FeatureInfo[];
  /** In the features' own units, nothing missing; where workers can read it. */
  readonly original: Matrix;
  /** A cluster 0 .. k - 1 for each customer. */
  readonly labels: Int32Array;
  readonly widths: readonly ClusterWidth[];
}

function effectOf(feature: FeatureInfo, column: ColumnEffect): FeatureEffect {
  const { mean, median, restMean, cohensD, superiority } = column;
  const { name, label } = feature;
  return { feature: name, label, mean, median, restMean: restMean ?? mean, cohensD, superiority };
}

function phrase(effect: FeatureEffect, { unit }: FeatureInfo): string {
  const d = effect.cohensD ?? 0;
  const degree = Math.abs(d) >= LARGE ? 'much ' : '';
  const direction = d > 0 ? 'higher' : 'lower';
  const means = `${inWords(effect.mean, unit)} against ${inWords(effect.restMean, unit)}`;
  return `${degree}${direction} ${midSentence(effect.label)} (${means})`;
}

function nothingTold(effects: readonly FeatureEffect[]): string {
  const known = effects.filter(({ cohensD }) => cohensD !== null);
  if (known.length === effects.length) return 'Close to the other customers in every feature.';
  if (known.length > 0) {
    return 'Close to the other customers in every feature for which an effect size is defined.';
  }
  return effects.every(({ superiority }) => superiority === null)
    ? 'No effect size is defined: there are no other customers.'
    : 'No effect size is defined: in no feature do these customers vary, nor the others.';
}

/** What a segment is like, in a sentence: its largest effects by name. */
export function profileSentence(
  effects: readonly FeatureEffect[],
  features: readonly FeatureInfo[],
): string {
  const told = effects
    .flatMap((effect, i) => {
      const feature = features[i];
      const size = Math.abs(effect.cohensD ?? 0);
      return feature === undefined || size < TRIVIAL ? [] : [{ effect, feature, size }];
    })
    .toSorted((a, b) => b.size - a.size)
    .slice(0, NAMED)
    .map(({ effect, feature }) => phrase(effect, feature));
  if (told.length === 0) return nothingTold(effects);
  const last = told.pop() ?? '';
  const list = told.length === 0 ? last : `${told.join(', ')} and ${last}`;
  return `${list.slice(0, 1).toUpperCase()}${list.slice(1)} than the other customers.`;
}

/** What sets each cluster apart; an empty one does not occur. */
export async function profileClusters(input: ProfileInput): Promise<ClusterProfile[]> {
  const { features, original, labels, widths, pool, signal } = input;
  const found = await onWorker({ pool, signal }, 'The profiles', 'effectSizes', original, labels);
  return found.map(({ label, rows, columns: effectColumns }) => {
    const effects = features.map((feature, i) => {
      const column = effectColumns[i];
      if (column === undefined) throw new RangeError(`Feature ${i} has no effect size.`);
      return effectOf(feature, column);
    });
    return {
      customers: rows,
      share: rows / labels.length,
      centre: effects.map(({ mean }) => mean),
      silhouette: widths.find((one) => one.label === label)?.width ?? null,
      effects,
      sentence: profileSentence(effects, features),
    };
  });
}
