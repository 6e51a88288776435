import { createMatrix, type Matrix, rowOf } from '../matrix.ts';
import type { Random } from '../random.ts';
import type { DistanceSlots } from './kernel/kernel.ts';
import { createDistances } from './kernel/plain-distances.ts';

type Floats = Float32Array | Float64Array;

/** Rows drawn with a chance in proportion to weight x square, in rising order; never one where that is 0. */
function drawBySquare(
  squares: Floats,
  weights: Floats,
  { total, draws }: { total: number; draws: Float64Array },
): Int32Array {
  const targets = draws.map((draw) => draw * total).sort();
  const drawn = new Int32Array(draws.length);
  let found = 0;
  let last = 0;
  let sum = 0;
  for (let row = 0; row < squares.length && found < drawn.length; row += 1) {
    const chance = (squares[row] ?? 0) * (weights[row] ?? 0);
    if (chance === 0) continue;
    last = row;
    sum += chance;
    while (found < drawn.length && sum > (targets[found] ?? 0)) {
      drawn[found] = row;
      found += 1;
    }
  }
  return drawn.fill(last, found);
}

/**
 * Rows as starting centres: k-means++ (Arthur and Vassilvitskii 2007), greedy, which is to say that each
 * centre is the best of 2 + floor(ln k) drawn, as scikit-learn does. They are k different rows, or as
 * many as differ.
 */
export function startingRows(distances: DistanceSlots, k: number, random: Random): Int32Array {
  const { slots, weights, lower } = distances;
  const trials = 2 + Math.floor(Math.log(k));
  const chosen = new Int32Array(k);
  let [current, best, attempt] = [0, 1, 2];
  let candidates: Int32Array = Int32Array.of(random.integer(slots[0]?.length ?? 0));
  for (let center = 0; center < k; center += 1) {
    let lowest = Infinity;
    for (const [trial, row] of candidates.entries()) {
      const reached = lower(row, current, attempt);
      if (trial > 0 && reached >= lowest) continue;
      chosen[center] = row;
      lowest = reached;
      [best, attempt] = [attempt, best];
    }
    [current, best] = [best, current];
    if (lowest === 0) return chosen.slice(0, center + 1);
    const squares = slots[current] ?? new Float64Array(0);
    const draws = Float64Array.from({ length: trials }, () => random.float());
    candidates = drawBySquare(squares, weights, { total: lowest, draws });
  }
  return chosen;
}

/** k different rows of a matrix as starting centres; RangeError where fewer than k rows differ. */
export function kmeansPlusPlus(matrix: Matrix, k: number, random: Random): Matrix {
  const rows = startingRows(createDistances(matrix.values, matrix.columns), k, random);
  if (rows.length < k) {
    throw new RangeError(
      `${k} starting centres need ${k} different rows, but there are ${rows.length}.`,
    );
  }
  const centers = createMatrix(k, matrix.columns);
  for (const [center, row] of rows.entries()) {
    centers.values.set(rowOf(matrix, row), center * matrix.columns);
  }
  return centers;
}
