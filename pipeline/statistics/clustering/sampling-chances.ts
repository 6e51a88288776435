import { selectRows } from '../matrix.ts';
import { createKernel } from './kernel/create-kernel.ts';
import { streamRows } from './kernel/row-stream.ts';
import { squaresToOwn } from './mean-square.ts';
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

/**
 * Each row's nearest of k coarse centres, and its squared distance to it. The centres are k-means++'s of rows
 * spread evenly: what these lack is far from all centres, and has its chance by that.
 */
function coarseClusters(prepared: PreparedKMeans, { k, seed, size }: SampleOptions) {
  const { rows } = prepared.matrix;
  const even = Int32Array.from({ length: Math.min(size, rows) }, (_, at) =>
    Math.floor((at * rows) / Math.min(size, rows)),
  );
  const few = { ...prepared, matrix: selectRows(prepared.matrix, even) };
  const centroids = startingCentroids(createKernel(few, k, 'float64'), seed);
  const { labels, counts } = streamRows(prepared, centroids, { from: 0, to: rows });
  return { labels, counts, squares: squaresToOwn(prepared, labels, centroids) };
}

/**
 * The chance of each row to be drawn: a third of the sample in equal parts, a third by squared distance to
 * the nearest of k coarse centres, and a third in equal parts for each of their clusters. These bound a
 * row's share of the inertia of any k centroids (Feldman and Langberg 2011; Bachem, Lucic and Krause 2017,
 * "Practical coreset constructions for machine learning"): however few rows are far, they are not overlooked.
 */
export function samplingChances(prepared: PreparedKMeans, options: SampleOptions): Float64Array {
  const { labels, counts, squares } = coarseClusters(prepared, options);
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
