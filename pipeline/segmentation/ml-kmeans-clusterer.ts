import { kmeansGenerator } from 'ml-kmeans';
import { AppError } from '../contract/errors.ts';
import { summariseColumn } from '../statistics/column-summary.ts';
import { kmeansPlusPlus } from '../statistics/clustering/kmeans-plus-plus.ts';
import {
  checkMatrix,
  columnOf,
  createMatrix,
  type Matrix,
  matrixFromRows,
  rowOf,
  selectRows,
} from '../statistics/matrix.ts';
import { createRandom, type Random } from '../statistics/random.ts';
import { createBreather } from './breather.ts';
import type { Clusterer, Clustering, ClusterOptions } from './clusterer.ts';
import { assignWithoutEmpty, countDistinctRows } from './fill-empty-clusters.ts';

/** Above this many rows the starts compete on a sample of as many, and the best are polished on all rows. */
export const SAMPLE_ROWS = 20_000;

const POLISHED_CANDIDATES = 3;
const PROBE_ITERATIONS = 2;
/** Starts whose inertias differ by less than this share have found the same clusters. */
const SAME_OPTIMUM = 1e-4;

interface Points {
  readonly matrix: Matrix;
  /** The same values in the shape that ml-kmeans takes. */
  readonly rows: number[][];
}

interface Settings {
  readonly maxIterations: number;
  /** In squared units, for one centroid: ml-kmeans stops when none moves farther. */
  readonly tolerance: number;
  readonly breathe: () => Promise<void>;
}

interface Candidate {
  readonly centroids: Matrix;
  readonly inertia: number;
  readonly iterations: number;
}

function pointsOf(matrix: Matrix): Points {
  return { matrix, rows: Array.from({ length: matrix.rows }, (_, row) => rowOf(matrix, row)) };
}

function total(squaredDistances: Float64Array): number {
  let sum = 0;
  for (const square of squaredDistances) sum += square;
  return sum;
}

/**
 * Lloyd's iterations by ml-kmeans. It leaves an empty cluster where it was; that one is moved here (from
 * k-means++ starts none was seen in 500,000 small trials, so the iterations are not taken up again).
 */
async function converge(points: Points, start: Matrix, settings: Settings): Promise<Candidate> {
  const steps = kmeansGenerator(points.rows, start.rows, {
    initialization: Array.from({ length: start.rows }, (_, row) => rowOf(start, row)),
    maxIterations: settings.maxIterations,
    tolerance: settings.tolerance,
  });
  let centroids = start;
  let iterations = 0;
  for (const step of steps) {
    iterations += 1;
    centroids = matrixFromRows(step.centroids);
    await settings.breathe();
  }
  const { squaredDistances } = assignWithoutEmpty(points.matrix, centroids);
  return { centroids, inertia: total(squaredDistances), iterations };
}

/** The candidates of the lowest inertia, one for each optimum found. */
function bestOf(candidates: readonly Candidate[], count: number): Candidate[] {
  const best: Candidate[] = [];
  for (const candidate of candidates.toSorted((a, b) => a.inertia - b.inertia)) {
    const last = best.at(-1);
    if (last && candidate.inertia <= last.inertia * (1 + SAME_OPTIMUM)) continue;
    if (best.length < count) best.push(candidate);
  }
  return best;
}

/** A few iterations on all rows show which candidate is best there; only that one is taken to its end. */
async function polish(
  points: Points,
  candidates: readonly Candidate[],
  settings: Settings,
): Promise<Candidate> {
  await settings.breathe();
  const probed: Candidate[] = [];
  for (const { centroids, iterations } of candidates) {
    const probe = { ...settings, maxIterations: PROBE_ITERATIONS };
    const polished = await converge(points, centroids, probe);
    probed.push({ ...polished, iterations: iterations + polished.iterations });
  }
  const [best] = bestOf(probed, 1);
  if (!best) throw new RangeError('There is no candidate to polish.');
  const finished = await converge(points, best.centroids, settings);
  return { ...finished, iterations: best.iterations + finished.iterations };
}

interface Centred {
  readonly matrix: Matrix;
  readonly means: readonly number[];
  /** The mean of the columns' population variances. */
  readonly variance: number;
}

/** ml-kmeans sums raw values to find a mean: around 0 these sums keep their digits at any offset. */
function centre(matrix: Matrix): Centred {
  const { rows, columns } = matrix;
  const summaries = Array.from({ length: columns }, (_, at) =>
    summariseColumn(columnOf(matrix, at)),
  );
  const means = summaries.map(({ mean }) => mean);
  const variance = summaries.reduce((sum, { deviation }) => sum + deviation ** 2 / columns, 0);
  if (!Number.isFinite(variance * rows)) {
    throw new RangeError('The values are too far apart: the squares of their distances overflow.');
  }
  const centred = createMatrix(rows, columns);
  for (let at = 0; at < matrix.values.length; at += 1) {
    centred.values[at] = (matrix.values[at] ?? 0) - (means[at % columns] ?? 0);
  }
  return { matrix: centred, means, variance };
}

function checkOptions({ k, restarts, maxIterations, tolerance }: ClusterOptions): void {
  for (const [name, value] of Object.entries({ k, restarts, maxIterations })) {
    if (Number.isInteger(value) && value >= 1) continue;
    throw new RangeError(`${name} is a whole number from 1, not ${value}.`);
  }
  if (!(tolerance >= 0)) throw new RangeError(`tolerance is 0 or more, not ${tolerance}.`);
}

async function fit(matrix: Matrix, options: ClusterOptions): Promise<Clustering> {
  checkOptions(options);
  checkMatrix(matrix);
  const { k, restarts, onProgress } = options;
  const breathe = createBreather('Training', options.signal);
  await breathe();
  const centred = centre(matrix);
  await breathe();
  const distinct = countDistinctRows(centred.matrix, k);
  if (distinct < k) throw new AppError('TOO_FEW_CUSTOMERS', { k, distinct });

  const random = createRandom(options.seed);
  const settings: Settings = {
    maxIterations: options.maxIterations,
    tolerance: (options.tolerance * centred.variance) / k,
    breathe,
  };
  const base = competitionRows(centred.matrix, k, random);
  const sampled = base !== centred.matrix;
  const steps = restarts + (sampled ? 1 : 0);
  const points = pointsOf(base);
  const candidates: Candidate[] = [];
  for (let restart = 0; restart < restarts; restart += 1) {
    candidates.push(await converge(points, kmeansPlusPlus(base, k, random), settings));
    onProgress?.(restart + 1, steps);
    await breathe();
  }
  const best = bestOf(candidates, sampled ? POLISHED_CANDIDATES : 1);
  const winner = sampled ? await polish(pointsOf(centred.matrix), best, settings) : best[0];
  if (!winner) throw new RangeError('No start gave a clustering.');
  if (sampled) onProgress?.(steps, steps);
  await breathe();
  return finish(matrix, winner, centred.means);
}

/** All rows, or a sample where there are many, unless so many are equal that the sample holds fewer than k. */
function competitionRows(matrix: Matrix, k: number, random: Random): Matrix {
  if (matrix.rows <= SAMPLE_ROWS) return matrix;
  const drawn = selectRows(matrix, random.sample(matrix.rows, SAMPLE_ROWS));
  return countDistinctRows(drawn, k) < k ? matrix : drawn;
}

/** Back to the units given; the labels are those of the centroids returned, not of a step before. */
function finish(matrix: Matrix, winner: Candidate, means: readonly number[]): Clustering {
  const { columns } = matrix;
  const values = winner.centroids.values.map((value, at) => value + (means[at % columns] ?? 0));
  const centroids = { ...winner.centroids, values };
  const { labels, squaredDistances } = assignWithoutEmpty(matrix, centroids);
  return { centroids, labels, inertia: total(squaredDistances), iterations: winner.iterations };
}

/** K-Means by the package ml-kmeans, with starts, restarts, sampling and final labels of our own. */
export const mlKmeansClusterer: Clusterer = { fit };
