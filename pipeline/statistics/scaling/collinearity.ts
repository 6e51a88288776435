import { columnOf, createMatrix, type Matrix } from '../matrix.ts';
import { type CorrelationMatrix, pearsonCorrelations } from './correlation.ts';
import { symmetricEigen } from './symmetric-eigen.ts';

export interface CollinearPair {
  /** Two column numbers, the lower first. */
  readonly columns: readonly [number, number];
  readonly correlation: number;
}

export interface Collinearity {
  /** Pairs of |r| above 0.9, the closest first. */
  readonly pairs: readonly CollinearPair[];
  /** A variance inflation factor a column, 1 .. 1e12; null for a constant one. */
  readonly inflation: readonly (number | null)[];
}

const CLOSE = 0.9;
/** Beyond, an exact combination of other columns and a nearly exact one look the same in doubles. */
const MOST_INFLATION = 1e12;

function closePairs(correlations: CorrelationMatrix): CollinearPair[] {
  const pairs: CollinearPair[] = [];
  for (const [i, row] of correlations.entries()) {
    for (const [j, correlation] of row.entries()) {
      if (j <= i || correlation === null || Math.abs(correlation) <= CLOSE) continue;
      pairs.push({ columns: [i, j], correlation });
    }
  }
  return pairs.sort((a, b) => Math.abs(b.correlation) - Math.abs(a.correlation));
}

/** The diagonal of the inverse of a correlation matrix, from its eigenvectors. */
function inverseDiagonal(correlations: Matrix): Float64Array {
  const size = correlations.rows;
  const { values, vectors } = symmetricEigen(correlations);
  const diagonal = new Float64Array(size);
  for (const [index, value] of values.entries()) {
    for (let column = 0; column < size; column += 1) {
      const loading = vectors.values[index * size + column] ?? 0;
      // A column that takes no part in a dependency of others has a loading of rounding there.
      if (value < 1e-12 && Math.abs(loading) < 1e-6) continue;
      const term = (loading * loading) / Math.max(value, Number.EPSILON ** 2);
      diagonal[column] = (diagonal[column] ?? 0) + term;
    }
  }
  return diagonal;
}

function inflationFactors(correlations: CorrelationMatrix): (number | null)[] {
  const varying = correlations.flatMap((row, index) => (row[index] === null ? [] : [index]));
  if (varying.length === 0) return correlations.map(() => null);
  const matrix = createMatrix(varying.length, varying.length);
  for (const [i, row] of varying.entries()) {
    for (const [j, column] of varying.entries()) {
      matrix.values[i * varying.length + j] = correlations[row]?.[column] ?? 0;
    }
  }
  const diagonal = inverseDiagonal(matrix);
  return correlations.map((_, index) => {
    const at = varying.indexOf(index);
    return at < 0 ? null : Math.min(MOST_INFLATION, Math.max(1, diagonal[at] ?? 1));
  });
}

/**
 * How far the columns of a finite matrix (rows are customers) repeat each other: close pairs, and how
 * much of each column the others together explain, as 1 / (1 - R^2) (Marquardt 1970).
 */
export function measureCollinearity(matrix: Matrix): Collinearity {
  const columns = Array.from({ length: matrix.columns }, (_, index) => columnOf(matrix, index));
  const correlations = pearsonCorrelations(columns);
  return { pairs: closePairs(correlations), inflation: inflationFactors(correlations) };
}
