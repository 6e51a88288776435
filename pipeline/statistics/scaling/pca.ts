import { checkMatrix, columnOf, createMatrix, type Matrix } from '../matrix.ts';
import { centreColumn, dotProduct, largestOf } from './centre-column.ts';
import { symmetricEigen } from './symmetric-eigen.ts';

export interface PrincipalComponents {
  readonly means: Float64Array;
  /** Columns x columns: one component a row, by falling variance; its largest loading is positive. */
  readonly components: Matrix;
  /** Along each component, over n - 1 rows: scikit-learn's explained_variance_. */
  readonly variances: Float64Array;
  /** Shares of the total variance; all 0 where nothing varies. */
  readonly ratios: Float64Array;
}

/**
 * Principal components of a matrix (rows are customers) from its covariance (Pearson 1901), centred so
 * that they are right at any offset. Not scaled: prepare the columns first. RangeError for fewer than
 * two rows, values that are not finite, and variances that overflow.
 */
export function principalComponents(matrix: Matrix): PrincipalComponents {
  checkMatrix(matrix);
  const { rows, columns } = matrix;
  if (rows < 2) throw new RangeError('Principal components need at least two rows.');
  const centred = Array.from({ length: columns }, (_, at) => centreColumn(columnOf(matrix, at)));
  const largest = Math.max(...centred.map((column) => largestOf(column.centred)));
  if (!Number.isFinite(largest * largest)) {
    throw new RangeError('The values of a column are too far apart for a variance.');
  }
  const unit = largest === 0 ? 1 : largest;
  const units = centred.map((column) => column.centred.map((value) => value / unit));
  const covariance = createMatrix(columns, columns);
  for (const [a, first] of units.entries()) {
    for (const [b, second] of units.entries()) {
      if (b < a) continue;
      const value = dotProduct(first, second) / (rows - 1);
      covariance.values[a * columns + b] = value;
      covariance.values[b * columns + a] = value;
    }
  }
  const { values, vectors } = symmetricEigen(covariance);
  const positive = values.map((value) => Math.max(0, value));
  const total = positive.reduce((sum, value) => sum + value, 0);
  return {
    means: Float64Array.from(centred, ({ mean }) => mean),
    components: vectors,
    variances: positive.map((value) => value * unit * unit),
    ratios: positive.map((value) => (total === 0 ? 0 : value / total)),
  };
}

/**
 * Coordinates of rows along the first `count` components: rows x count. RangeError if the matrix has
 * other columns than the components, or there are not that many.
 */
export function project(matrix: Matrix, pca: PrincipalComponents, count: number): Matrix {
  checkMatrix(matrix);
  const { values, rows, columns } = matrix;
  const { means, components } = pca;
  if (columns !== components.columns) {
    throw new RangeError(`Components of ${components.columns} columns do not fit ${columns}.`);
  }
  if (!Number.isInteger(count) || count < 1 || count > components.rows) {
    throw new RangeError(`From 1 to ${components.rows} components can be taken, not ${count}.`);
  }
  const projected = createMatrix(rows, count);
  for (let row = 0; row < rows; row += 1) {
    for (let component = 0; component < count; component += 1) {
      let sum = 0;
      for (let column = 0; column < columns; column += 1) {
        const difference = (values[row * columns + column] ?? 0) - (means[column] ?? 0);
        sum += difference * (components.values[component * columns + column] ?? 0);
      }
      projected.values[row * count + component] = sum;
    }
  }
  return projected;
}
