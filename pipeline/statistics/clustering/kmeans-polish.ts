import { farthestOf, finishSteps, type KMeansFit } from './finish-fit.ts';
import { createKernel } from './kernel/create-kernel.ts';
import { givenUnits, type Kernel, kernelUnits } from './kernel/kernel.ts';
import type { KMeansCandidate } from './kmeans-starts.ts';
import { iterate, type LloydOptions, moveToMeans } from './lloyd.ts';
import { firstPrecision, seesClearly, squareWithin } from './mean-square.ts';
import type { PreparedKMeans } from './prepare-kmeans.ts';
import { labelRows, type RowSteps, runSteps, sumRows } from './row-passes.ts';

/** Starts whose squares differ by less than this share have found the same clusters. */
const SAME_OPTIMUM = 1e-4;
const POLISHED_CANDIDATES = 3;
/** Squares on a sample tell good optima from bad ones, but not the best: so many take first steps on all rows. */
const TRIED_CANDIDATES = 10;
const FIRST_STEPS = 1;
/** Then the best one goes on to its end, and the others for as long as they may still overtake it. */
const RACE_STEPS = 4;
/** One that needs more than so many times the gain of its last steps is not waited for. */
const RACE_PATIENCE = 4;
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
  { kernel, prepared, lloyd }: { kernel: Kernel; prepared: PreparedKMeans; lloyd: LloydOptions },
): KMeansCandidate {
  const { variance } = prepared;
  const centroids = candidate.centroids.slice();
  const iterations = candidate.iterations + iterate(kernel, centroids, lloyd);
  const square = squareWithin(kernel, prepared, centroids);
  if (!seesClearly(kernel, { square, variance })) return candidate;
  return { ...candidate, centroids, square, iterations };
}

/** Takes a candidate on by a few steps at a time; null once it lags too far behind the best one. */
function race(
  candidate: KMeansCandidate,
  best: KMeansCandidate,
  { kernel, prepared, lloyd }: { kernel: Kernel; prepared: PreparedKMeans; lloyd: LloydOptions },
): KMeansCandidate | null {
  let now = candidate;
  for (let left = lloyd.maxIterations; left > 0; left -= RACE_STEPS) {
    const maxIterations = Math.min(RACE_STEPS, left);
    const next = improve(now, { kernel, prepared, lloyd: { ...lloyd, maxIterations } });
    if (next === now || next.iterations - now.iterations < maxIterations) return next;
    if (next.square - best.square > RACE_PATIENCE * (now.square - next.square)) return null;
    now = next;
  }
  return now;
}

/** How far the candidates are taken, and how far the best of them. */
function lloydOptions({ variance }: PreparedKMeans, options: KMeansPolishOptions) {
  const coarse: LloydOptions = { ...options, tolerance: options.tolerance * variance };
  return { coarse, fine: { ...coarse, tolerance: coarse.tolerance * FINER } };
}

/**
 * Takes the best candidates, of any number of calls of `kmeansStarts` and in any order, to convergence on
 * all rows, in Float32 where that sees them clearly; gives the best. RangeError without a candidate.
 */
export function bestCandidate(
  prepared: PreparedKMeans,
  candidates: readonly KMeansCandidate[],
  options: KMeansPolishOptions,
): KMeansCandidate {
  const { coarse, fine } = lloydOptions(prepared, options);
  const kernel = createKernel(prepared, options.k, firstPrecision(prepared, options.k));
  const here = { kernel, prepared };
  const firstSteps = { ...coarse, maxIterations: Math.min(FIRST_STEPS, options.maxIterations) };
  const tried = bestOf(candidates, TRIED_CANDIDATES).map((candidate) =>
    improve(candidate, { ...here, lloyd: firstSteps }),
  );
  const [first, ...others] = bestOf(tried, POLISHED_CANDIDATES);
  if (!first) throw new RangeError('There is no candidate to polish.');
  let best = improve(first, { ...here, lloyd: coarse });
  for (const other of others) {
    const raced = race(other, best, { ...here, lloyd: coarse });
    if (raced && raced.square < best.square) best = raced;
  }
  return improve(best, { ...here, lloyd: fine });
}

/**
 * Takes one candidate to convergence in Float64, and labels all rows. No cluster is left empty.
 * TooFewDistinctRowsError where rows differ by so little that the squares are 0.
 */
export function* polishSteps(
  prepared: PreparedKMeans,
  candidate: KMeansCandidate,
  options: KMeansPolishOptions,
): RowSteps<KMeansFit> {
  const { matrix } = prepared;
  const { fine } = lloydOptions(prepared, options);
  const centroids = candidate.centroids.slice();
  let { iterations } = candidate;
  for (let iteration = 1; iteration <= fine.maxIterations; iteration += 1) {
    fine.checkpoint?.();
    iterations += 1;
    const { sums, counts } = yield* sumRows(centroids);
    const moved = moveToMeans(centroids, { sums, counts });
    const empty = counts.indexOf(0);
    if (empty < 0) {
      if (moved <= fine.tolerance) break;
      continue;
    }
    const given = givenUnits(prepared, centroids);
    const { farthest, largest } = farthestOf(yield* labelRows(given));
    if (largest === 0) break;
    centroids.set(kernelUnits(prepared, farthest), empty * matrix.columns);
  }
  const finished = yield* finishSteps(prepared, givenUnits(prepared, centroids));
  return { ...finished, iterations };
}

/** `bestCandidate` and `polishSteps` on this thread. */
export function kmeansPolish(
  prepared: PreparedKMeans,
  candidates: readonly KMeansCandidate[],
  options: KMeansPolishOptions,
): KMeansFit {
  const best = bestCandidate(prepared, candidates, options);
  return runSteps(prepared, polishSteps(prepared, best, options));
}
