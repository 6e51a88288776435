import { assignNearest } from '../clustering/assign.ts';
import { checkMatrix, createMatrix, type Matrix } from '../matrix.ts';

export interface ColumnContrast {
  /**
   * How much farther the row is, in squared distance, from the other centroid than from its own by
   * this column: what speaks for its cluster, or below 0 against it.
   */
  readonly contribution: number;
  /** Of the margin; shares below 0 and above 1 occur. Null on the border. */
  readonly share: number | null;
}

/** Why a row is in its cluster and not in the next one. */
export interface ClusterContrast {
  readonly label: number;
  /** The nearest other cluster. */
  readonly other: number;
  /**
   * The difference of squared distances: the contributions added up in the order of columns, bit
   * for bit.
   */
  readonly margin: number;
  /**
   * 1 - distance to its own centroid / distance to the other: 0 on the border, 1 at its own centroid.
   * For one row it is the simplified silhouette (Hruschka and others 2004).
   */
  readonly confidence: number;
  readonly columns: readonly ColumnContrast[];
}

function withoutRow({ values, rows, columns }: Matrix, row: number): Matrix {
  const rest = createMatrix(rows - 1, columns);
  rest.values.set(values.subarray(0, row * columns));
  rest.values.set(values.subarray((row + 1) * columns), row * columns);
  return rest;
}

/**
 * Takes apart by columns why a scaled row belongs to the nearest of some centroids, as
 * `assignNearest` has it, and not to the second nearest. RangeError without two centroids, for
 * columns that differ, and for values that are not finite.
 */
export function contrastClusters(row: ArrayLike<number>, centroids: Matrix): ClusterContrast {
  const { values, columns } = centroids;
  const point = { values: Float64Array.from(row), rows: 1, columns: row.length };
  checkMatrix(point);
  checkMatrix(centroids);
  if (centroids.rows < 2) throw new RangeError('A contrast needs two centroids, but there is one.');
  const own = assignNearest(point, centroids);
  const label = own.labels[0] ?? 0;
  const next = assignNearest(point, withoutRow(centroids, label));
  const position = next.labels[0] ?? 0;
  const other = position < label ? position : position + 1;
  let margin = 0;
  const contributions = Array.from(point.values, (value, column) => {
    const toOwn = value - (values[label * columns + column] ?? 0);
    const toOther = value - (values[other * columns + column] ?? 0);
    const contribution = (toOther - toOwn) * (toOther + toOwn) + 0; // never -0
    margin += contribution;
    return contribution;
  });
  const distance = Math.sqrt(own.squaredDistances[0] ?? 0);
  const further = Math.sqrt(next.squaredDistances[0] ?? 0);
  if (!Number.isFinite(further)) throw new RangeError('The row is too far away to be measured.');
  return {
    label,
    other,
    margin,
    confidence: further === 0 ? 0 : 1 - distance / further,
    columns: contributions.map((contribution) => ({
      contribution,
      share: margin === 0 ? null : contribution / margin,
    })),
  };
}
