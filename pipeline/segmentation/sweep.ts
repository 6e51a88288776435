import type { TrainOptions } from '../contract/recipe.ts';
import type { SweepRow } from '../contract/segmentation.ts';
import type { KMeansFit } from '../statistics/clustering/finish-fit.ts';
import type { PreparedKMeans } from '../statistics/clustering/prepare-kmeans.ts';
import type { Matrix } from '../statistics/matrix.ts';
import type { Stability } from '../statistics/scores/bootstrap-stability.ts';
import type { Silhouette } from '../statistics/scores/silhouette.ts';
import { cluster } from './cluster.ts';
import { gapRows } from './gap-rows.ts';
import { meanSilhouette } from './mean-silhouette.ts';
import { stabilityBase, type StabilityBase, stabilityOfClustering } from './stability.ts';
import { onWorker, poolSize, type Work } from '../work/on-worker.ts';
import { together } from '../work/together.ts';

export interface SweepOptions extends Work {
  /** The numbers of clusters to try, rising, each from 2. */
  readonly ks: readonly number[];
  readonly options: Pick<TrainOptions, 'seed' | 'restarts'>;
  readonly gap: boolean;
  readonly stability: boolean;
  /** The silhouette is computed from so many customers; null takes all. */
  readonly silhouetteRows: number | null;
}

/** One k of a sweep. */
export interface Swept {
  readonly row: SweepRow;
  readonly fit: KMeansFit;
  readonly silhouette: Silhouette | null;
  readonly stability: Stability | null;
}

export interface SweepOutcome {
  /** By rising k. */
  readonly clusterings: readonly Swept[];
  /** The gap of one cluster, which stands for no groups; null where the statistic was not asked for. */
  readonly gapAtOne: number | null;
  /** From how many customers the gap statistic was computed, and stability; null where they were not. */
  readonly gapRows: number | null;
  readonly stabilityRows: number | null;
}

function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function smallestSize(labels: Int32Array, k: number): number {
  const sizes = new Float64Array(k);
  for (const label of labels) sizes[label] = (sizes[label] ?? 0) + 1;
  return Math.min(...sizes);
}

interface SweepInput {
  readonly matrix: Matrix;
  readonly prepared: PreparedKMeans;
  readonly base: StabilityBase | null;
}

async function sweepOne(
  { matrix, prepared, base }: SweepInput,
  k: number,
  { options, silhouetteRows, pool, signal }: SweepOptions,
): Promise<Swept> {
  const { seed } = options;
  const work = { pool, signal, threads: 1 };
  const fit = await cluster(prepared, { ...options, k }, { ...work, what: 'The sweep' });
  const defined = k >= 2 && k < matrix.rows;
  const scores = defined
    ? await onWorker(work, 'The sweep', 'clusterScores', matrix, fit.labels)
    : null;
  const widths = await meanSilhouette(matrix, fit.labels, { ...work, rows: silhouetteRows, seed });
  const stability =
    base === null ? null : await stabilityOfClustering(base, fit.labels, { ...work, k, seed });
  const smallest = smallestSize(fit.labels, k);
  const row: SweepRow = {
    k,
    inertia: fit.inertia,
    silhouette: widths?.value ?? null,
    calinski_harabasz: scores === null ? null : finiteOrNull(scores.calinskiHarabasz),
    davies_bouldin: scores === null ? null : finiteOrNull(scores.daviesBouldin),
    gap: null,
    gap_se: null,
    stability: stability?.mean ?? null,
    silhouette_rows: widths?.rows ?? 0,
    smallest_size: smallest,
    smallest_share: smallest / matrix.rows,
  };
  return { row, fit, silhouette: widths, stability };
}

async function withGap(
  matrix: Matrix,
  swept: readonly Swept[],
  options: SweepOptions,
): Promise<Omit<SweepOutcome, 'stabilityRows'>> {
  const { pool, signal } = options;
  // k = 1 belongs to the statistic: it stands for no groups at all.
  const ks = [1, ...options.ks].filter((k) => k < matrix.rows);
  const { rows: gaps, customers } = await gapRows(matrix, {
    ks,
    seed: options.options.seed,
    pool,
    signal,
  });
  const clusterings = swept.map((one) => {
    const found = gaps.find(({ k }) => k === one.row.k);
    if (found === undefined) return one;
    const row = {
      ...one.row,
      gap: finiteOrNull(found.gap),
      gap_se: finiteOrNull(found.standardError),
    };
    return { ...one, row };
  });
  const gapAtOne = gaps.find(({ k }) => k === 1)?.gap ?? null;
  return { clusterings, gapAtOne, gapRows: customers };
}

/**
 * Clusters the rows of a prepared matrix once for each k and scores each result, as many k at once as
 * there are workers. A k's result does not depend on which other k were asked for. Throws what `cluster`
 * throws.
 */
export async function sweep(
  { matrix, prepared }: { matrix: Matrix; prepared: PreparedKMeans },
  options: SweepOptions,
): Promise<SweepOutcome> {
  const { ks, onProgress } = options;
  const base = options.stability ? stabilityBase(matrix, options.options.seed) : null;
  const found: Swept[] = [];
  const steps = ks.length + (options.gap ? 1 : 0);
  // The largest first: what is left for the end is quick.
  const waiting = ks.toSorted((a, b) => b - a);
  const lane = async (signal: AbortSignal): Promise<void> => {
    for (let k = waiting.shift(); k !== undefined; k = waiting.shift()) {
      found.push(await sweepOne({ matrix, prepared, base }, k, { ...options, signal }));
      onProgress?.(found.length, steps);
    }
  };
  await together(
    options.signal,
    Array.from({ length: poolSize(options) }, () => lane),
  );
  const rising = found.toSorted((a, b) => a.row.k - b.row.k);
  const stabilityRows = base?.rows.length ?? null;
  if (!options.gap) return { clusterings: rising, gapAtOne: null, gapRows: null, stabilityRows };
  const complete = await withGap(matrix, rising, options);
  onProgress?.(steps, steps);
  return { ...complete, stabilityRows };
}
