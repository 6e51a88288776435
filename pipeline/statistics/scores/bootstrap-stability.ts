import { assignNearest } from '../clustering/assign.ts';
import { canonicalOrder, compareRows } from '../clustering/canonical-order.ts';
import { type Matrix, selectRows } from '../matrix.ts';
import { createRandom } from '../random.ts';
import { randIndexOf } from './adjusted-rand-index.ts';
import { contingency } from './contingency.ts';
import { drawSeeds } from './draw-seeds.ts';

/** What one clustering of a resample says of all rows. */
export interface Agreement {
  /** Adjusted Rand index of the labels its centroids give and the labels of the full clustering. */
  readonly ari: number;
  /** For each label present, rising, the Jaccard index of its rows and those of the cluster most like it. */
  readonly jaccard: readonly number[];
}

export interface ClusterStability {
  readonly label: number;
  /** Mean Jaccard index over the resamples: below 0.6 not to be trusted, from 0.75 stable (`clusterboot` of R's fpc). */
  readonly jaccard: number;
  /** The share of resamples in which no cluster shares more than half with it: it dissolved. */
  readonly dissolved: number;
}

export interface Stability {
  /** Mean adjusted Rand index over the resamples: 1 where each gives the same clustering. */
  readonly mean: number;
  /** Standard deviation of the index over the resamples (n - 1). */
  readonly spread: number;
  readonly clusters: readonly ClusterStability[];
}

export interface StabilityOptions {
  /** Of the full clustering, one for each row. */
  readonly labels: Int32Array;
  readonly k: number;
  /** How many resamples, from 2. */
  readonly resamples: number;
  readonly seed: number;
  /** Centroids of the best clustering of k clusters. */
  readonly fit: (matrix: Matrix, k: number, seed: number) => Matrix;
}

const DISSOLVED = 0.5;

/**
 * As many rows as there are, drawn with replacement; the same ones for a seed however the rows stand,
 * where `order` is their canonical order. `distinct` counts different rows: a resample may hold fewer than k.
 */
export function bootstrapSample(
  matrix: Matrix,
  order: Int32Array,
  seed: number,
): { sample: Matrix; distinct: number } {
  const random = createRandom(seed);
  const places = new Int32Array(matrix.rows).map(() => random.integer(matrix.rows)).sort();
  const sample = selectRows(
    matrix,
    places.map((place) => order[place] ?? 0),
  );
  let distinct = 1;
  for (let row = 1; row < sample.rows; row += 1) {
    if (compareRows(sample, row - 1, row) !== 0) distinct += 1;
  }
  return { sample, distinct };
}

/** Holds the labels of the full clustering against those that a resample's centroids give all rows. */
export function agreementWith(matrix: Matrix, labels: Int32Array, centroids: Matrix): Agreement {
  const table = contingency(labels, assignNearest(matrix, centroids).labels);
  const jaccard = table.first.map(() => 0);
  for (const { first, second, count } of table.cells) {
    const either = (table.first[first]?.size ?? 0) + (table.second[second]?.size ?? 0) - count;
    jaccard[first] = Math.max(jaccard[first] ?? 0, count / either);
  }
  return { ari: randIndexOf(table), jaccard };
}

/** RangeError for fewer than 2 agreements: one has no spread. */
export function stabilityOf(labels: Int32Array, agreements: readonly Agreement[]): Stability {
  const count = agreements.length;
  if (count < 2) throw new RangeError(`Stability needs 2 resamples at least, not ${count}.`);
  const mean = agreements.reduce((sum, { ari }) => sum + ari, 0) / count;
  const squares = agreements.reduce((sum, { ari }) => sum + (ari - mean) ** 2, 0);
  const present = [...new Set(labels)].toSorted((a, b) => a - b);
  const clusters = present.map((label, position) => {
    const found = agreements.map(({ jaccard }) => jaccard[position] ?? 0);
    return {
      label,
      jaccard: found.reduce((sum, value) => sum + value, 0) / count,
      dissolved: found.filter((value) => value <= DISSOLVED).length / count,
    };
  });
  return { mean, spread: Math.sqrt(squares / (count - 1)), clusters };
}

/**
 * How well a clustering comes back when the rows are drawn anew: the mean adjusted Rand index between its
 * labels and those that the centroids of clustered bootstrap resamples give to all rows (the scheme of
 * Fang and Wang 2012, held against the full clustering as Hennig does), and for each cluster Hennig's
 * Jaccard index (2007, "Cluster-wise assessment of cluster stability", on all rows). Resamples may be
 * spread: for each of `drawSeeds` a `bootstrapSample`, its fit and `agreementWith`, then `stabilityOf`
 * in the order of the seeds.
 */
export function bootstrapStability(matrix: Matrix, options: StabilityOptions): Stability {
  const { labels, k, resamples, seed, fit } = options;
  const order = canonicalOrder(matrix);
  const agreements = drawSeeds(seed, resamples).map((sampleSeed) => {
    const { sample, distinct } = bootstrapSample(matrix, order, sampleSeed);
    return agreementWith(matrix, labels, fit(sample, Math.min(k, distinct), sampleSeed));
  });
  return stabilityOf(labels, agreements);
}
