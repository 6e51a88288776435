import type { Matrix } from '../matrix.ts';
import type { KMeansFit } from './finish-fit.ts';
import { kmeansPolish } from './kmeans-polish.ts';
import { kmeansStarts } from './kmeans-starts.ts';
import { prepareKMeans } from './prepare-kmeans.ts';

export interface KMeansOptions {
  readonly k: number;
  /** A whole number from 0 to 2^53 - 1. */
  readonly seed: number;
  /** How many starts; the one of the lowest inertia is kept. */
  readonly restarts: number;
  /** Of each run of Lloyd's iterations: on a sample, then on all rows. */
  readonly maxIterations: number;
  /** Iterations end when the squares of the centroids' moves sum to this share of the mean variance of a column. */
  readonly tolerance: number;
  /** Called between iterations; what it throws ends them. */
  readonly checkpoint?: (() => void) | undefined;
}

/** RangeError, with a sentence, for options that make no sense. */
export function checkKMeansOptions(options: KMeansOptions): void {
  const { k, restarts, maxIterations, tolerance, seed } = options;
  for (const [name, value] of Object.entries({ k, restarts, maxIterations })) {
    if (Number.isInteger(value) && value >= 1) continue;
    throw new RangeError(`${name} is a whole number from 1, not ${value}.`);
  }
  if (!(tolerance >= 0)) throw new RangeError(`tolerance is 0 or more, not ${tolerance}.`);
  if (Number.isSafeInteger(seed) && seed >= 0) return;
  throw new RangeError(`A seed is a whole number from 0 to 2^53 - 1, not ${seed}.`);
}

/**
 * Splits the rows of a matrix into k clusters with little squared distance to their means: restarted from
 * k-means++ with random swaps, then Lloyd's iterations. The same rows in another order give the same
 * centroids to the last bit. RangeError for absurd options, values that are not finite, or squares that
 * overflow; TooFewDistinctRowsError, one of these, where fewer than k rows differ.
 *
 * It is `prepareKMeans`, any split of the starts over calls of `kmeansStarts`, and `kmeansPolish`.
 */
export function kmeans(matrix: Matrix, options: KMeansOptions): KMeansFit {
  checkKMeansOptions(options);
  const prepared = prepareKMeans(matrix);
  const starts = { ...options, from: 0, count: options.restarts };
  return kmeansPolish(prepared, kmeansStarts(prepared, starts), options);
}
