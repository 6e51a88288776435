import { assignNearest } from '../statistics/clustering/assign.ts';
import { type Matrix, matrixFromColumns } from '../statistics/matrix.ts';
import {
  applyPreprocessing,
  type FittedPreprocessing,
} from '../statistics/scaling/preprocessing.ts';
import { randIndexOf } from '../statistics/scores/adjusted-rand-index.ts';
import { type Contingency, contingency } from '../statistics/scores/contingency.ts';
import { type Baseline, populationStability } from '../statistics/scores/population-stability.ts';
import { planSilhouette, type SilhouettePlan } from '../statistics/scores/silhouette-plan.ts';
import { shareColumns, shareMatrix, shareNumbers } from './share-values.ts';

/** Customers as a model sees them, and the nearest of its centroids for each. */
export function assignColumns(
  columns: readonly Float64Array[],
  fitted: FittedPreprocessing,
  centroids: Matrix,
): { matrix: Matrix; labels: Int32Array } {
  const matrix = shareMatrix(applyPreprocessing(columns, fitted));
  return { matrix, labels: shareNumbers(assignNearest(matrix, centroids).labels) };
}

/** Columns with what stands in for missing values. */
export function filled(
  columns: readonly Float64Array[],
  fitted: FittedPreprocessing,
): Float64Array[] {
  return columns.map((column, i) => {
    const stand = fitted.columns[i]?.impute ?? 0;
    return column.map((value) => (Number.isNaN(value) ? stand : value));
  });
}

/** The same, alone and as a matrix, and which of the columns missed any. */
export function fillColumns(
  columns: readonly Float64Array[],
  fitted: FittedPreprocessing,
): { columns: Float64Array[]; original: Matrix; gaps: boolean[] } {
  const whole = shareColumns(filled(columns, fitted));
  const gaps = columns.map((column) => column.some(Number.isNaN));
  return { columns: whole, original: shareMatrix(matrixFromColumns(whole)), gaps };
}

/** How far columns have moved since their baselines were taken. */
export function columnDrift(
  columns: readonly Float64Array[],
  baselines: readonly Baseline[],
): (number | null)[] {
  return columns.map((column, i) => {
    const baseline = baselines[i];
    return baseline === undefined ? null : populationStability(column, baseline);
  });
}

/** How two labellings of the same rows fall together, and how far they agree. */
export function compareLabels(
  before: Int32Array,
  after: Int32Array,
): { agreement: number; table: Contingency } {
  const table = contingency(before, after);
  return { agreement: randIndexOf(table), table };
}

/** Which customers a silhouette compares; null where it is not defined. */
export function silhouettePlan(
  matrix: Matrix,
  labels: Int32Array,
  options: { readonly maxRows?: number; readonly seed?: number },
): SilhouettePlan | null {
  const clusters = new Set(labels).size;
  if (clusters < 2 || clusters >= matrix.rows) return null;
  return planSilhouette(matrix, labels, options);
}

/**
 * How many rows have value i in the one and label j in the other labelling, at `i * columns + j`; a row whose value is
 * none of 0 .. rows - 1 counts nowhere.
 */
export function pairCounts(
  values: Int32Array,
  labels: Uint8Array,
  size: { readonly rows: number; readonly columns: number },
): Float64Array {
  const counts = new Float64Array(size.rows * size.columns);
  for (const [row, value] of values.entries()) {
    if (value < 0 || value >= size.rows) continue;
    const at = value * size.columns + (labels[row] ?? 0);
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return counts;
}
