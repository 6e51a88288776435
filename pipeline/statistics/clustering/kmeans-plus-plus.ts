import { createMatrix, type Matrix, rowOf } from '../matrix.ts';
import type { Random } from '../random.ts';

/** Lowers each row's squared distance to the nearest centre by one more centre; gives their sum. */
function lowerDistances(
  matrix: Matrix,
  center: number,
  { from, to }: { from: Float64Array; to: Float64Array },
): number {
  const { values, rows, columns } = matrix;
  const point = rowOf(matrix, center);
  let potential = 0;
  for (let row = 0, at = 0; row < rows; row += 1) {
    let sum = 0;
    for (let column = 0; column < columns; column += 1, at += 1) {
      const difference = (values[at] ?? 0) - (point[column] ?? 0);
      sum += difference * difference;
    }
    const lower = Math.min(sum, from[row] ?? 0);
    to[row] = lower;
    potential += lower;
  }
  return potential;
}

/** A row drawn with a chance in proportion to its weight; never one of weight 0. */
function drawByWeight(weights: Float64Array, total: number, random: Random): number {
  let left = random.float() * total;
  let last = 0;
  for (let row = 0; row < weights.length; row += 1) {
    const weight = weights[row] ?? 0;
    if (weight === 0) continue;
    last = row;
    left -= weight;
    if (left < 0) return row;
  }
  return last;
}

/**
 * k different rows as starting centres: k-means++ (Arthur and Vassilvitskii 2007), greedy, which is to
 * say that each centre is the best of 2 + floor(ln k) drawn, as scikit-learn does. RangeError where
 * fewer than k rows differ.
 */
export function kmeansPlusPlus(matrix: Matrix, k: number, random: Random): Matrix {
  const trials = 2 + Math.floor(Math.log(k));
  const centers = createMatrix(k, matrix.columns);
  let current = new Float64Array(matrix.rows).fill(Infinity);
  let best = new Float64Array(matrix.rows);
  let attempt = new Float64Array(matrix.rows);
  let potential = 0;
  for (let center = 0; center < k; center += 1) {
    if (center > 0 && potential === 0) {
      throw new RangeError(
        `${k} starting centres need ${k} different rows, but there are ${center}.`,
      );
    }
    let chosen = -1;
    let lowest = Infinity;
    for (let trial = 0; trial < (center === 0 ? 1 : trials); trial += 1) {
      const row =
        center === 0 ? random.integer(matrix.rows) : drawByWeight(current, potential, random);
      const reached = lowerDistances(matrix, row, { from: current, to: attempt });
      if (chosen >= 0 && reached >= lowest) continue;
      chosen = row;
      lowest = reached;
      [best, attempt] = [attempt, best];
    }
    potential = lowest;
    [current, best] = [best, current];
    centers.values.set(rowOf(matrix, chosen), center * matrix.columns);
  }
  return centers;
}
