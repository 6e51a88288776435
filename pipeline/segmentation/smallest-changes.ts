import type { FeatureInfo } from '../contract/features.ts';
import type { SmallestChange } from '../contract/segmentation.ts';
import { type Change, smallestChanges } from '../statistics/explanation/smallest-change.ts';
import type { Matrix } from '../statistics/matrix.ts';
import { freedomOf } from './freedom.ts';
import type { Range } from './read-features.ts';
import { exactly, inWords, midSentence } from './in-words.ts';

interface ChangesInput {
  readonly features: readonly FeatureInfo[];
  readonly values: readonly number[];
  /** Of each feature over all customers. */
  readonly ranges: readonly Range[];
  /** From a feature's own units to the prepared ones, feature by feature. */
  readonly forward: readonly ((value: number) => number)[];
  readonly centroids: Matrix;
  readonly segments: readonly { readonly id: number; readonly name: string }[];
}

/** "a, b and c". */
function listed(parts: readonly string[]): string {
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
}

function told(change: Change, { features, segments }: ChangesInput): SmallestChange {
  const target = segments[change.target];
  const changes = change.moves.map(({ column, from, to }) => {
    const { name = '', label = '' } = features[column] ?? {};
    return { feature: name, label, from, to };
  });
  const parts = change.moves.map(({ column, from, to }) => {
    const { label = '', unit = 'number' } = features[column] ?? {};
    return `${midSentence(label)} from ${inWords(from, unit)} to ${exactly(to, unit)}`;
  });
  const name = target?.name ?? '';
  return {
    toId: target?.id ?? 0,
    toName: name,
    changes,
    distance: change.distance,
    sentence: `${name} with ${listed(parts)}, everything else as it is.`,
  };
}

/** A change of one feature is easier to act upon, unless it goes so many times as far. */
const MUCH_FARTHER = 1.5;

/**
 * For each other segment the smallest change of one feature that leads there, or that of several where none
 * does or one alone goes much farther, the nearest first. The features are taken as free of each other.
 */
export function changesOf(input: ChangesInput): SmallestChange[] {
  const { features, values, ranges, forward, centroids, segments } = input;
  const columns = features.map((feature, i) => ({
    forward: forward[i] ?? ((value: number) => value),
    freedom: freedomOf(feature, ranges[i] ?? { least: 0, most: 0 }),
  }));
  return segments
    .flatMap((_, target) => {
      const found = smallestChanges({ values, columns, centroids, target });
      if (found.kind === 'already-there') return [];
      const single = found.singles[0]?.answer;
      const { joint } = found;
      const plain = single?.kind === 'change' && joint.kind === 'change';
      const best = plain && single.distance <= MUCH_FARTHER * joint.distance ? single : joint;
      return best.kind === 'change' ? [told(best, input)] : [];
    })
    .toSorted((a, b) => a.distance - b.distance);
}
