import { finishFit, type KMeansFit } from './finish-fit.ts';
import { createKernel } from './kernel/create-kernel.ts';
import { givenUnits, type Kernel, type Points } from './kernel/kernel.ts';
import type { KMeansCandidate } from './kmeans-starts.ts';
import { iterate, type LloydOptions } from './lloyd.ts';
import { firstPrecision, meanSquare, seesClearly } from './mean-square.ts';
import type { PreparedKMeans } from './prepare-kmeans.ts';

/** Starts whose squares differ by less than this share have found the same clusters. */
const SAME_OPTIMUM = 1e-4;
const POLISHED_CANDIDATES = 3;
/** Squares on a sample tell good optima from bad ones, but not the best: so many take first steps on all rows. */
const TRIED_CANDIDATES = 10;
const FIRST_STEPS = 1;
/** The best one is taken farther than the tolerance asks: it is one only, and iterations are cheap. */
const FINER = 0.01;

export interface KMeansPolishOptions {
  readonly k: number;
  readonly maxIterations: number;
  /** A share of the mean variance of a column. */
  readonly tolerance: number;
  readonly checkpoint?: (() => void) | undefined;
}

/** The candidates of the lowest square, one for each optimum found. */
function bestOf(candidates: readonly KMeansCandidate[], count: number): KMeansCandidate[] {
  const best: KMeansCandidate[] = [];
  const rising = candidates.toSorted((a, b) => a.square - b.square || a.restart - b.restart);
  for (const candidate of rising) {
    const last = best.at(-1);
    if (last && candidate.square <= last.square * (1 + SAME_OPTIMUM)) continue;
    if (best.length < count) best.push(candidate);
  }
  return best;
}

/** Lloyd's iterations on all rows; a candidate that the kernel does not see clearly stays as it is. */
function improve(
  candidate: KMeansCandidate,
  {
    kernel,
    points,
    variance,
    lloyd,
  }: {
    kernel: Kernel;
    points: Points;
    variance: number;
    lloyd: LloydOptions;
  },
): KMeansCandidate {
  const centroids = candidate.centroids.slice();
  kernel.reset();
  const iterations = candidate.iterations + iterate(kernel, centroids, lloyd);
  const square = meanSquare(points, kernel.labels, centroids);
  if (!seesClearly(kernel, { square, variance })) return candidate;
  return { ...candidate, centroids, square, iterations };
}

/**
 * Takes the best candidates, of any number of calls of `kmeansStarts` and in any order, to convergence on
 * all rows, first in Float32 and then the best of them in Float64. No cluster is left empty. RangeError
 * without a candidate; TooFewDistinctRowsError where rows differ by so little that the squares are 0.
 */
export function kmeansPolish(
  prepared: PreparedKMeans,
  candidates: readonly KMeansCandidate[],
  options: KMeansPolishOptions,
): KMeansFit {
  const { k } = options;
  const { variance } = prepared;
  const coarse: LloydOptions = { ...options, tolerance: options.tolerance * variance };
  const fine: LloydOptions = { ...coarse, tolerance: coarse.tolerance * FINER };
  const quick = createKernel(prepared, k, firstPrecision(prepared, k));
  const here = { kernel: quick, points: prepared, variance };
  const firstSteps = { ...coarse, maxIterations: Math.min(FIRST_STEPS, options.maxIterations) };
  const tried = bestOf(candidates, TRIED_CANDIDATES).map((candidate) =>
    improve(candidate, { ...here, lloyd: firstSteps }),
  );
  const polished = bestOf(tried, POLISHED_CANDIDATES).map((candidate) =>
    improve(candidate, { ...here, lloyd: coarse }),
  );
  const [best] = bestOf(polished, 1);
  if (!best) throw new RangeError('There is no candidate to polish.');
  let winner = improve(best, { ...here, lloyd: fine });
  if (quick.precision === 'float32') {
    const kernel = createKernel(prepared, k, 'float64');
    winner = improve(winner, { ...here, kernel, lloyd: fine });
  }
  const { matrix, order } = prepared;
  const finished = finishFit(matrix, givenUnits(prepared, winner.centroids));
  const labels = new Int32Array(matrix.rows);
  for (const [at, label] of finished.labels.entries()) labels[order[at] ?? 0] = label;
  return { ...finished, labels, iterations: winner.iterations };
}
