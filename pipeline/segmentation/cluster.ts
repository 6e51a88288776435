import type { KMeansFit } from '../statistics/clustering/finish-fit.ts';
import { type KMeansPolishOptions, polishSteps } from '../statistics/clustering/kmeans-polish.ts';
import { SAMPLE_ROWS } from '../statistics/clustering/kmeans-sample.ts';
import type { KMeansCandidate } from '../statistics/clustering/kmeans-starts.ts';
import { type PreparedKMeans, prepareKMeans } from '../statistics/clustering/prepare-kmeans.ts';
import type { Matrix } from '../statistics/matrix.ts';
import { isShared, sharedFloats, shareNumbers } from '../work/share-values.ts';
import { onWorker, poolSize, type Work } from '../work/on-worker.ts';
import { together } from '../work/together.ts';
import { spreadSteps, splitEvenly } from './spread-rows.ts';

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
  const prepared = prepareKMeans(matrix, sharedFloats);
  return { ...prepared, order: shareNumbers(prepared.order) };
}

interface ClusterWork extends Work {
  readonly what: string;
  readonly threads: number;
}

/** Of many customers, starts see a sample only: the rest need not reach their workers. */
function rowsOfStarts(
  prepared: PreparedKMeans,
  { k, seed }: ClusterOptions,
  work: ClusterWork,
): Promise<PreparedKMeans> | PreparedKMeans {
  if (prepared.matrix.rows <= 2 * SAMPLE_ROWS) return prepared;
  return onWorker(work, work.what, 'sampleForStarts', prepared, k, seed);
}

/** The last passes over all rows are spread over the workers, unless each pass would copy the rows to them. */
async function polish(
  prepared: PreparedKMeans,
  candidates: readonly KMeansCandidate[],
  settings: KMeansPolishOptions,
  work: ClusterWork,
): Promise<KMeansFit> {
  if (work.threads === 1 || !isShared(prepared.matrix)) {
    return onWorker(work, work.what, 'kmeansPolish', prepared, candidates, settings);
  }
  const best = await onWorker(work, work.what, 'bestCandidate', prepared, candidates, settings);
  return spreadSteps(prepared, polishSteps(prepared, best, settings), work);
}

/**
 * Splits customers into k clusters, the restarts and then the rows spread over `threads` workers. Throws
 * TOO_FEW_CUSTOMERS where fewer than k differ, CANCELLED when the signal is aborted.
 */
export async function cluster(
  prepared: PreparedKMeans,
  options: ClusterOptions,
  given: Work & { readonly what: string; readonly threads?: number },
): Promise<KMeansFit> {
  const { k, seed, restarts } = options;
  const work = { ...given, threads: given.threads ?? poolSize(given) };
  const { what, onProgress } = work;
  const settings = { k, seed, maxIterations: MAX_ITERATIONS, tolerance: TOLERANCE };
  const groups = splitEvenly(restarts, Math.min(restarts, work.threads));
  const rows = await rowsOfStarts(prepared, options, work);
  let done = 0;
  const candidates = await together(
    work.signal,
    groups.map(({ from, to }) => async (signal) => {
      const starts = { ...settings, from, count: to - from };
      const found = await onWorker({ ...work, signal }, what, 'kmeansStarts', rows, starts);
      done += to - from;
      onProgress?.(done, restarts + 1);
      return found;
    }),
  );
  const fit = await polish(prepared, candidates.flat(), settings, work);
  onProgress?.(restarts + 1, restarts + 1);
  return fit;
}
