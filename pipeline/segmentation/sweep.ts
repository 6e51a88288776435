import type { Clusterer } from './clusterer.ts';
import { calinskiHarabasz, daviesBouldin } from '../statistics/scores/cluster-scores.ts';
import type { Matrix } from '../statistics/matrix.ts';
import { silhouette } from '../statistics/scores/silhouette.ts';
import { createBreather } from './breather.ts';

/** One k's scores, named as `--json` prints them; null where a score is not defined or not finite. */
export interface SweepRow {
  readonly k: number;
  readonly inertia: number;
  readonly silhouette: number | null;
  readonly calinski_harabasz: number | null;
  readonly davies_bouldin: number | null;
  /** How many rows the silhouette was computed from. */
  readonly silhouette_rows: number;
  /** The share of all rows that the smallest cluster has. */
  readonly smallest_share: number;
}

export interface SweepOptions {
  readonly clusterer: Clusterer;
  /** The numbers of clusters to try, each from 2. */
  readonly ks: readonly number[];
  readonly seed: number;
  readonly restarts: number;
  readonly maxIterations: number;
  readonly tolerance: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function smallestShare(labels: Int32Array, k: number): number {
  const sizes = new Float64Array(k);
  for (const label of labels) sizes[label] = (sizes[label] ?? 0) + 1;
  return Math.min(...sizes) / labels.length;
}

async function scoreOne(matrix: Matrix, k: number, options: SweepOptions): Promise<SweepRow> {
  const { clusterer, seed, restarts, maxIterations, tolerance, signal } = options;
  const { labels, inertia } = await clusterer.fit(matrix, {
    k,
    seed,
    restarts,
    maxIterations,
    tolerance,
    ...(signal && { signal }),
  });
  const defined = k >= 2 && k < matrix.rows;
  const widths = defined ? silhouette(matrix, labels, { seed }) : null;
  return {
    k,
    inertia,
    silhouette: widths ? widths.value : null,
    calinski_harabasz: defined ? finiteOrNull(calinskiHarabasz(matrix, labels)) : null,
    davies_bouldin: defined ? finiteOrNull(daviesBouldin(matrix, labels)) : null,
    silhouette_rows: widths ? widths.rows : 0,
    smallest_share: smallestShare(labels, k),
  };
}

/**
 * Clusters the rows of a scaled matrix once for each k and scores each result. Every k starts from the
 * same seed, so a row does not depend on which other k were asked for. Throws what the clusterer throws.
 */
export async function sweep(matrix: Matrix, options: SweepOptions): Promise<SweepRow[]> {
  const breathe = createBreather('The sweep', options.signal);
  const rows: SweepRow[] = [];
  for (const k of options.ks) {
    rows.push(await scoreOne(matrix, k, options));
    options.onProgress?.(rows.length, options.ks.length);
    await breathe();
  }
  return rows;
}
