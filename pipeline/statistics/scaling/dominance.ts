import { checkMatrix, columnOf, type Matrix } from '../matrix.ts';
import { sumOf } from '../orderless-sum.ts';
import { clusterMeans } from '../scores/cluster-means.ts';
import { centreColumn, largestOf } from './centre-column.ts';

/** The share of each column in the sum of the squares of all; all 0 if that is 0. */
function sharesOfSquares(columns: readonly Float64Array[], weights: Int32Array | null): number[] {
  const largest = Math.max(...columns.map(largestOf));
  if (!Number.isFinite(largest)) throw new RangeError('The values of a column are too far apart.');
  if (largest === 0) return columns.map(() => 0);
  const sums = columns.map((column) => {
    const squares = new Float64Array(column.length);
    for (let row = 0; row < column.length; row += 1) {
      squares[row] = (weights?.[row] ?? 1) * ((column[row] ?? 0) / largest) ** 2;
    }
    return sumOf(squares);
  });
  const total = sums.reduce((all, sum) => all + sum, 0);
  return sums.map((sum) => sum / total);
}

/**
 * Each column's share of the total variance of a matrix (rows are customers), which is its share of
 * the squared distances that K-Means sees. Sums to 1, or all 0 where nothing varies. RangeError for
 * values that are not finite.
 */
export function varianceShares(matrix: Matrix): number[] {
  checkMatrix(matrix);
  const columns = Array.from({ length: matrix.columns }, (_, at) => columnOf(matrix, at));
  return sharesOfSquares(
    columns.map((column) => centreColumn(column).centred),
    null,
  );
}

/**
 * Each column's share of the dispersion between clusters: what sets them apart. Sums to 1, or all 0
 * where the clusters share one centre. RangeError unless each row has a label of at least 0.
 */
export function betweenClusterShares(matrix: Matrix, labels: Int32Array): number[] {
  const { sizes, means } = clusterMeans(matrix, labels);
  const columns = Array.from({ length: means.columns }, (_, at) => {
    const column = columnOf(means, at);
    let overall = 0;
    for (const [cluster, mean] of column.entries()) {
      overall += (mean * (sizes[cluster] ?? 0)) / matrix.rows;
    }
    return column.map((mean) => mean - overall);
  });
  return sharesOfSquares(columns, sizes);
}
