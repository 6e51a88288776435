import { createKernel } from './kernel/create-kernel.ts';
import type { Kernel, Precision } from './kernel/kernel.ts';
import { seesClearly, squaresToOwn } from './mean-square.ts';
import type { PreparedKMeans } from './prepare-kmeans.ts';
import { startingCentroids } from './starting-centroids.ts';

interface SampleOptions {
  readonly k: number;
  readonly seed: number;
  /** No more rows than this are to be expected. */
  readonly size: number;
}

/** The share that is as good as certain, if chances are in proportion to shares, at most 1, and sum to `total`. */
function certainShare(shares: Float64Array, total: number): number {
  let limit = Infinity;
  for (;;) {
    let certain = 0;
    let rest = 0;
    for (let row = 0; row < shares.length; row += 1) {
      const share = shares[row] ?? 0;
      if (share >= limit) certain += 1;
      else rest += share;
    }
    const lower = rest / (total - certain);
    if (!(lower < limit)) return limit;
    limit = lower;
  }
}

/** Each row's squared distance to the nearest of k centres of k-means++, of which the kernel has the labels. */
function coarseSquares(
  prepared: PreparedKMeans,
  { k, seed }: SampleOptions,
  precision: Precision,
): { kernel: Kernel; squares: Float64Array } {
  const kernel = createKernel(prepared, k, precision);
  const centroids = startingCentroids(kernel, seed);
  kernel.assign(centroids);
  return { kernel, squares: squaresToOwn(prepared, kernel.labels, centroids) };
}

/**
 * The chance of each row to be drawn: a third of the sample in equal parts, a third by squared distance to
 * the nearest of k coarse centres, and a third in equal parts for each of their clusters. These bound a
 * row's share of the inertia of any k centroids (Feldman and Langberg 2011; Bachem, Lucic and Krause 2017,
 * "Practical coreset constructions for machine learning"): however few rows are far, they are not overlooked.
 */
export function samplingChances(prepared: PreparedKMeans, options: SampleOptions): Float64Array {
  let { kernel, squares } = coarseSquares(prepared, options, 'float32');
  let sum = 0;
  for (let row = 0; row < squares.length; row += 1) sum += squares[row] ?? 0;
  if (!seesClearly(kernel, { square: sum / squares.length, variance: prepared.variance })) {
    ({ kernel, squares } = coarseSquares(prepared, options, 'float64'));
  }
  const { labels, counts } = kernel;
  const third = options.size / 3;
  const limit = certainShare(squares, third);
  const eachCluster = third / counts.reduce((clusters, count) => clusters + Math.sign(count), 0);
  const chances = new Float64Array(squares.length);
  for (let row = 0; row < chances.length; row += 1) {
    const square = squares[row] ?? 0;
    const bySquare = square === 0 ? 0 : square / limit;
    const byCluster = eachCluster / (counts[labels[row] ?? 0] ?? 1);
    chances[row] = Math.min(1, third / chances.length + bySquare + byCluster);
  }
  return chances;
}
