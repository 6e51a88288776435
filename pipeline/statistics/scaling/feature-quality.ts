import { columnOf, type Matrix } from '../matrix.ts';
import { type Collinearity, measureCollinearity } from './collinearity.ts';
import { type ColumnQuality, describeColumn } from './column-quality.ts';
import { betweenClusterShares, varianceShares } from './dominance.ts';
import { findInPrepared, findInRaw, type Finding } from './findings.ts';

/** What K-Means would see. */
export interface PreparedQuality extends Collinearity {
  readonly columns: readonly ColumnQuality[];
  /** Each column's share of the total variance, and so of the squared distances. */
  readonly shares: readonly number[];
  /** Each column's share of what sets the clusters apart; null without a clustering. */
  readonly clusterShares: readonly number[] | null;
}

export interface FeatureQuality {
  readonly raw: readonly ColumnQuality[];
  readonly prepared: PreparedQuality | null;
  /** The gravest first. */
  readonly findings: readonly Finding[];
}

function measurePrepared(matrix: Matrix, labels: Int32Array | null): PreparedQuality {
  return {
    columns: Array.from({ length: matrix.columns }, (_, at) =>
      describeColumn(columnOf(matrix, at)),
    ),
    shares: varianceShares(matrix),
    clusterShares: labels === null ? null : betweenClusterShares(matrix, labels),
    ...measureCollinearity(matrix),
  };
}

/**
 * What is wrong with a set of features: `columns` as they were read (NaN where a value is missing),
 * `prepared` the same after preprocessing, or null where that was refused, and `labels` its clusters.
 * RangeError for infinite values and where columns, matrix and labels do not belong together.
 */
export function assessFeatures(set: {
  readonly columns: readonly Float64Array[];
  readonly prepared: Matrix | null;
  readonly labels?: Int32Array | null;
}): FeatureQuality {
  const { columns, prepared: matrix, labels = null } = set;
  if (matrix !== null && matrix.columns !== columns.length) {
    throw new RangeError(`${columns.length} columns were prepared to ${matrix.columns}.`);
  }
  const raw = columns.map(describeColumn);
  const prepared = matrix === null ? null : measurePrepared(matrix, labels);
  const findings = prepared === null ? [] : findInPrepared(raw, prepared);
  const gravity = { error: 0, warning: 1, note: 2 };
  return {
    raw,
    prepared,
    findings: [...findInRaw(raw), ...findings].sort(
      (a, b) => gravity[a.severity] - gravity[b.severity],
    ),
  };
}
