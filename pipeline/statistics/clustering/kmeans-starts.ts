import { createRandom } from '../random.ts';
import { createKernel } from './kernel/create-kernel.ts';
import type { Kernel } from './kernel/kernel.ts';
import { competitionRows } from './kmeans-sample.ts';
import { iterate, type LloydOptions } from './lloyd.ts';
import { explainedSquares, firstPrecision, meanSquare, seesClearly } from './mean-square.ts';
import { countDistinct, type PreparedKMeans, TooFewDistinctRowsError } from './prepare-kmeans.ts';
import { startingCentroids } from './starting-centroids.ts';
import { streamSeed } from './stream-seed.ts';
import { swapCentroids } from './swap-centroids.ts';

/** Where one start has led to, on the rows it competed on. Plain data: it can be sent from a worker. */
export interface KMeansCandidate {
  readonly restart: number;
  /** Row-major, as a kernel has them: from the origin, and scaled. */
  readonly centroids: Float64Array;
  /** The mean squared distance of a row, in these units and with the labels of the last iteration. */
  readonly square: number;
  readonly iterations: number;
}

export interface KMeansStartsOptions {
  readonly k: number;
  readonly seed: number;
  /** The number of the first start, from 0. */
  readonly from: number;
  readonly count: number;
  readonly maxIterations: number;
  /** A share of the mean variance of a column. */
  readonly tolerance: number;
  readonly checkpoint?: (() => void) | undefined;
}

/**
 * Some of the starts of K-Means: k-means++, Lloyd's iterations and random swaps, on all rows or, of many,
 * on a sample. Each start has its own random numbers, so that any split of them over threads gives the
 * same candidates. Throws TooFewDistinctRowsError.
 */
export function kmeansStarts(
  prepared: PreparedKMeans,
  options: KMeansStartsOptions,
): KMeansCandidate[] {
  const { k, seed } = options;
  const distinct = countDistinct(prepared.matrix, k);
  if (distinct < k) throw new TooFewDistinctRowsError(k, distinct);
  const points = competitionRows(prepared, k, seed);
  const { variance } = points;
  const lloyd: LloydOptions = { ...options, tolerance: options.tolerance * variance };
  const quick = createKernel(points, k, firstPrecision(points, k));
  let exact: Kernel | undefined;

  function start(kernel: Kernel, restart: number): KMeansCandidate {
    const squareOf = (centers: Float64Array) => meanSquare(points, kernel.labels, centers);
    const measure = kernel.precision === 'float32' ? () => -explainedSquares(kernel) : squareOf;
    const random = createRandom(streamSeed(seed, k, restart, 1));
    const centroids = startingCentroids(kernel, streamSeed(seed, k, restart, 0));
    kernel.reset();
    let iterations = iterate(kernel, centroids, lloyd);
    iterations += swapCentroids(kernel, centroids, { points, random, lloyd, measure });
    iterations += iterate(kernel, centroids, lloyd);
    const square = squareOf(centroids);
    const clear = seesClearly(kernel, { square, variance });
    if (clear) return { restart, centroids, square, iterations };
    exact ??= createKernel(points, k, 'float64');
    return start(exact, restart);
  }

  return Array.from({ length: options.count }, (_, at) => start(quick, options.from + at));
}
