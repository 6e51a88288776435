import { checkMatrix, createMatrix, type Matrix, selectRows } from '../matrix.ts';
import { createRandom, type Random } from '../random.ts';
import { assignNearest } from './assign.ts';
import { canonicalOrder } from './canonical-order.ts';
import { finishFit, type KMeansFit } from './finish-fit.ts';
import { givenUnits, type Points, scaledValues } from './kernel/kernel.ts';
import { checkKMeansOptions, type KMeansOptions } from './kmeans.ts';
import { kmeansStarts } from './kmeans-starts.ts';
import { countDistinct, type PreparedKMeans, prepareKMeans } from './prepare-kmeans.ts';
import { streamSeed } from './stream-seed.ts';

export interface MiniBatchOptions extends KMeansOptions {
  /** Rows a batch, drawn with repetition. */
  readonly batchRows: number;
}

/** The starts compete on as many rows as so many batches have. */
const SAMPLE_BATCHES = 10;
const START_ITERATIONS = 10;
/** Batches without a lower average inertia after which there are no more. */
const PATIENCE = 10;

interface State {
  readonly centroids: Matrix;
  /** How many rows each centroid is the mean of. */
  readonly weights: Float64Array;
}

/** A sample of the rows, or all where fewer than k of the sample differ. */
function firstRows(
  matrix: Matrix,
  order: Int32Array,
  { k, seed, batchRows }: MiniBatchOptions,
): PreparedKMeans {
  const size = Math.max(SAMPLE_BATCHES * batchRows, SAMPLE_BATCHES * k);
  if (size >= matrix.rows) return prepareKMeans(matrix);
  const drawn = createRandom(streamSeed(seed)).sample(matrix.rows, size);
  const sample = selectRows(
    matrix,
    drawn.map((at) => order[at] ?? 0),
  );
  return prepareKMeans(countDistinct(sample, k) < k ? matrix : sample);
}

/** The best start on these rows, weighted with its clusters' sizes. */
function firstState(rows: PreparedKMeans, options: MiniBatchOptions): State {
  const { k, restarts: count, maxIterations } = options;
  const iterations = Math.min(maxIterations, START_ITERATIONS);
  const starts = kmeansStarts(rows, { ...options, maxIterations: iterations, from: 0, count });
  const best = starts.reduce((best, start) => (start.square < best.square ? start : best));
  const { columns } = rows.matrix;
  const centroids = { values: best.centroids.slice(), rows: k, columns };
  const weights = new Float64Array(k);
  const points = { ...rows.matrix, values: scaledValues(rows) };
  for (const label of assignNearest(points, centroids).labels) {
    weights[label] = (weights[label] ?? 0) + 1;
  }
  return { centroids, weights };
}

function drawBatch(points: Points, order: Int32Array, into: Matrix, random: Random): void {
  const { matrix, origin, scale } = points;
  for (let at = 0; at < into.values.length; at += matrix.columns) {
    const from = (order[random.integer(order.length)] ?? 0) * matrix.columns;
    for (let column = 0; column < matrix.columns; column += 1) {
      into.values[at + column] =
        ((matrix.values[from + column] ?? 0) - (origin[column] ?? 0)) * scale;
    }
  }
}

/** Moves every centroid to the mean of all rows it has had, those of the batch included. */
function learn({ centroids, weights }: State, batch: Matrix): { inertia: number; moved: number } {
  const { columns } = batch;
  const before = centroids.values.slice();
  const { labels, squaredDistances } = assignNearest(batch, centroids);
  let inertia = 0;
  for (const [row, label] of labels.entries()) {
    inertia += squaredDistances[row] ?? 0;
    const weight = (weights[label] ?? 0) + 1;
    weights[label] = weight;
    for (let column = 0; column < columns; column += 1) {
      const at = label * columns + column;
      const value = batch.values[row * columns + column] ?? 0;
      const center = centroids.values[at] ?? 0;
      centroids.values[at] = center + (value - center) / weight;
    }
  }
  const moved = before.reduce((sum, old, at) => sum + (old - (centroids.values[at] ?? 0)) ** 2, 0);
  return { inertia, moved };
}

/**
 * K-Means by batches of rows (Sculley 2010, "Web-scale k-means clustering"), for data so large that even one
 * pass counts. It ends, as in scikit-learn, when the centroids move no more than the tolerance, when the
 * exponentially weighted inertia of a batch has not fallen for ten batches, or after `maxIterations`
 * passes; `iterations` are batches. Its inertia is somewhat higher than that of `kmeans`. Throws as it does.
 */
export function miniBatchKMeans(matrix: Matrix, options: MiniBatchOptions): KMeansFit {
  checkKMeansOptions(options);
  const { k, seed, batchRows, maxIterations, checkpoint } = options;
  if (!Number.isInteger(batchRows) || batchRows < 1) {
    throw new RangeError(`batchRows is a whole number from 1, not ${batchRows}.`);
  }
  checkMatrix(matrix);
  const order = canonicalOrder(matrix);
  const first = firstRows(matrix, order, options);
  const state = firstState(first, options);
  const points = { ...first, matrix };
  const tolerance = options.tolerance * first.variance;
  const random = createRandom(streamSeed(seed, k));
  const batch = createMatrix(batchRows, matrix.columns);
  const share = Math.min(1, (2 * batchRows) / (matrix.rows + 1));
  const most = Math.ceil((maxIterations * matrix.rows) / batchRows);
  let average = Number.NaN;
  let lowest = Infinity;
  let iterations = 0;
  for (let idle = 0; iterations < most && idle < PATIENCE; iterations += 1) {
    checkpoint?.();
    drawBatch(points, order, batch, random);
    const { inertia, moved } = learn(state, batch);
    if (moved <= tolerance) break;
    average = iterations === 0 ? inertia : average * (1 - share) + inertia * share;
    idle = average < lowest ? 0 : idle + 1;
    lowest = Math.min(lowest, average);
  }
  const centroids = givenUnits(points, state.centroids.values);
  return { ...finishFit({ matrix: selectRows(matrix, order), order }, centroids), iterations };
}
