import type { Kernel } from './kernel/kernel.ts';

/** Each row's squared distance to one of the centroids. */
function squaresTo(
  kernel: Kernel,
  centroids: Float64Array,
  clusterOf: (row: number) => number,
): Float64Array {
  const { rows, columns } = kernel;
  const point = new Float64Array(columns);
  const squares = new Float64Array(rows);
  for (let row = 0; row < rows; row += 1) {
    kernel.readRow(row, point);
    const start = clusterOf(row) * columns;
    let sum = 0;
    for (let column = 0; column < columns; column += 1) {
      sum += ((point[column] ?? 0) - (centroids[start + column] ?? 0)) ** 2;
    }
    squares[row] = sum;
  }
  return squares;
}

/**
 * Puts each centroid without rows on the row that is farthest from its own centroid and from those put
 * before it, as scikit-learn does. Leaves it where every row already sits on a centroid.
 */
export function moveToFarthestRows(kernel: Kernel, centroids: Float64Array): void {
  const { counts, columns, labels } = kernel;
  const squares = squaresTo(kernel, centroids, (row) => labels[row] ?? 0);
  for (const [cluster, count] of counts.entries()) {
    if (count > 0) continue;
    let farthest = 0;
    for (let row = 1; row < squares.length; row += 1) {
      if ((squares[row] ?? 0) > (squares[farthest] ?? 0)) farthest = row;
    }
    if (squares[farthest] === 0) return;
    kernel.readRow(farthest, centroids.subarray(cluster * columns, (cluster + 1) * columns));
    const added = squaresTo(kernel, centroids, () => cluster);
    for (const [row, square] of added.entries()) {
      squares[row] = Math.min(square, squares[row] ?? 0);
    }
  }
}
