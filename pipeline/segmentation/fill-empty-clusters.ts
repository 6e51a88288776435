import { AppError } from '../contract/errors.ts';
import { type Assignment, assignNearest } from '../statistics/clustering/assign.ts';
import { type Matrix, rowOf } from '../statistics/matrix.ts';

/** The index of a centroid that no row is nearest to, or -1. */
function emptyCluster(labels: Int32Array, k: number): number {
  const used = new Uint8Array(k);
  for (const label of labels) used[label] = 1;
  return used.indexOf(0);
}

function farthestRow(squaredDistances: Float64Array): number {
  let farthest = 0;
  for (let row = 1; row < squaredDistances.length; row += 1) {
    if ((squaredDistances[row] ?? 0) > (squaredDistances[farthest] ?? 0)) farthest = row;
  }
  return farthest;
}

/** How many rows differ, counted no further than `enough`. */
export function countDistinctRows(matrix: Matrix, enough: number): number {
  const seen = new Set<string>();
  for (let row = 0; row < matrix.rows && seen.size < enough; row += 1) {
    seen.add(rowOf(matrix, row).join(' '));
  }
  return seen.size;
}

/**
 * Assigns every row, and moves each centroid that got none onto the row farthest from its own, until
 * every cluster has rows; `centroids` is changed in place. Each move lowers the sum of distances, so it
 * ends. Throws TOO_FEW_CUSTOMERS where all rows already sit on fewer than k centroids.
 */
export function assignWithoutEmpty(matrix: Matrix, centroids: Matrix): Assignment {
  for (;;) {
    const assignment = assignNearest(matrix, centroids);
    const empty = emptyCluster(assignment.labels, centroids.rows);
    if (empty < 0) return assignment;
    const row = farthestRow(assignment.squaredDistances);
    if (assignment.squaredDistances[row] === 0) {
      const distinct = new Set(assignment.labels).size;
      throw new AppError('TOO_FEW_CUSTOMERS', { k: centroids.rows, distinct });
    }
    centroids.values.set(rowOf(matrix, row), empty * centroids.columns);
  }
}
