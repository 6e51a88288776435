import { assignNearest } from '../../../pipeline/statistics/clustering/assign.ts';
import { kmeansPlusPlus } from '../../../pipeline/statistics/clustering/kmeans-plus-plus.ts';
import { createMatrix, type Matrix } from '../../../pipeline/statistics/matrix.ts';
import { createRandom } from '../../../pipeline/statistics/random.ts';

export interface Fit {
  readonly centroids: Matrix;
  readonly labels: Int32Array;
  readonly inertia: number;
}

function meansOf(matrix: Matrix, labels: Int32Array, before: Matrix): Matrix {
  const means = createMatrix(before.rows, before.columns);
  const sizes = new Float64Array(before.rows);
  for (const label of labels) sizes[label] = (sizes[label] ?? 0) + 1;
  for (let at = 0; at < matrix.values.length; at += 1) {
    const label = labels[Math.floor(at / matrix.columns)] ?? 0;
    const target = label * matrix.columns + (at % matrix.columns);
    const share = (matrix.values[at] ?? 0) / (sizes[label] ?? 1);
    means.values[target] = (means.values[target] ?? 0) + share;
  }
  for (let at = 0; at < means.values.length; at += 1) {
    if (sizes[Math.floor(at / before.columns)] === 0) means.values[at] = before.values[at] ?? 0;
  }
  return means;
}

/** The plainest K-Means there is, for scores that take a fit: the best of a few starts, to the end. */
export function lloyd(matrix: Matrix, k: number, seed: number, starts = 4): Fit {
  const random = createRandom(seed);
  let best: Fit | undefined;
  for (let start = 0; start < starts; start += 1) {
    let centroids = kmeansPlusPlus(matrix, k, random);
    let found = assignNearest(matrix, centroids);
    for (let iteration = 0; iteration < 100; iteration += 1) {
      const before = found.labels;
      centroids = meansOf(matrix, before, centroids);
      found = assignNearest(matrix, centroids);
      if (found.labels.every((label, row) => label === before[row])) break;
    }
    const inertia = found.squaredDistances.reduce((sum, square) => sum + square, 0);
    if (!best || inertia < best.inertia) best = { centroids, labels: found.labels, inertia };
  }
  if (!best) throw new Error('A fit needs a start.');
  return best;
}
