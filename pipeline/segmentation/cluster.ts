import type { KMeansFit } from '../statistics/clustering/finish-fit.ts';
import { competitionRows } from '../statistics/clustering/kmeans-sample.ts';
import { type PreparedKMeans, prepareKMeans } from '../statistics/clustering/prepare-kmeans.ts';
import type { Matrix } from '../statistics/matrix.ts';
import { shareMatrix, shareNumbers } from '../work/share-values.ts';
import { onWorker, poolSize, type Work } from '../work/on-worker.ts';

const MAX_ITERATIONS = 300;
/** As scikit-learn's: iterations end when the centroids' squared moves sum to less than this share of the mean variance. */
const TOLERANCE = 1e-4;

export interface ClusterOptions {
  readonly k: number;
  /** The same seed gives the same clusters, whatever the order of customers and the number of threads. */
  readonly seed: number;
  readonly restarts: number;
}

/** Makes a matrix ready for any number of clusterings, where workers can read it. */
export function prepareClustering(matrix: Matrix): PreparedKMeans {
  const prepared = prepareKMeans(matrix);
  return {
    ...prepared,
    matrix: shareMatrix(prepared.matrix),
    order: shareNumbers(prepared.order),
  };
}

/** Equal runs of starts, one for each of the workers. */
function split(restarts: number, groups: number): { from: number; count: number }[] {
  const boundary = (group: number): number => Math.round((restarts * group) / groups);
  return Array.from({ length: groups }, (_, group) => ({
    from: boundary(group),
    count: boundary(group + 1) - boundary(group),
  }));
}

/**
 * Splits customers into k clusters, the restarts spread over `threads` workers. Throws TOO_FEW_CUSTOMERS
 * where fewer than k differ, CANCELLED when the signal is aborted.
 */
export async function cluster(
  prepared: PreparedKMeans,
  { k, seed, restarts }: ClusterOptions,
  work: Work & { readonly what: string; readonly threads?: number },
): Promise<KMeansFit> {
  const { what, threads = poolSize(work), onProgress } = work;
  const settings = { k, seed, maxIterations: MAX_ITERATIONS, tolerance: TOLERANCE };
  const groups = split(restarts, Math.min(restarts, threads));
  // Of many customers, starts see a sample only: the rest need not reach their workers.
  const rows = competitionRows(prepared, k, seed);
  let done = 0;
  const candidates = await Promise.all(
    groups.map(async (group) => {
      const found = await onWorker(work, what, 'kmeansStarts', rows, { ...settings, ...group });
      done += group.count;
      onProgress?.(done, restarts + 1);
      return found;
    }),
  );
  const fit = await onWorker(work, what, 'kmeansPolish', prepared, candidates.flat(), settings);
  onProgress?.(restarts + 1, restarts + 1);
  return fit;
}
