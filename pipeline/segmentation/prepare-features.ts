import { AppError } from '../contract/errors.ts';
import type { FeatureRecipe } from '../contract/recipe.ts';
import { type Matrix, matrixFromRows } from '../statistics/matrix.ts';
import {
  applyPreprocessing,
  type ColumnOptions,
  fitPreprocessing,
  type FittedPreprocessing,
} from '../statistics/scaling/preprocessing.ts';
import { onWorker, type Work } from '../work/on-worker.ts';
import { TaskError } from '../work/pool.ts';

/** How a recipe treats one of its features: what it says for all, unless it says something for this one. */
export function treatmentOf(recipe: FeatureRecipe, feature: string): ColumnOptions {
  const own = Object.hasOwn(recipe.columns, feature) ? recipe.columns[feature] : undefined;
  return {
    missing: own?.missing ?? recipe.missing,
    winsorise: own?.winsorise === undefined ? recipe.winsorise : own.winsorise,
    transform: own?.transform ?? recipe.transform,
    scaling: own?.scale ?? recipe.scale,
    weight: own?.weight ?? 1,
  };
}

/** What of a model says where a customer belongs. */
interface Assigning {
  readonly preprocessing: FittedPreprocessing;
  readonly features: readonly string[];
  readonly centroids: readonly (readonly number[])[];
}

export interface PreparedFeatures {
  /** One row a customer, one column a feature, as distances are taken. */
  readonly matrix: Matrix;
  readonly fitted: FittedPreprocessing;
}

function optionsOf(recipe: FeatureRecipe): ColumnOptions[] {
  return recipe.features.map((feature) => treatmentOf(recipe, feature));
}

/** What statistics refuses, by what it is called here; a worker's errors are known by their names only. */
function refusal(error: unknown, recipe: FeatureRecipe): unknown {
  const refused =
    error instanceof RangeError ||
    (error instanceof TaskError && ['RangeError', 'UnusableColumnError'].includes(error.name));
  if (!refused) return error;
  const { column = -1 } = (error instanceof TaskError ? error.fields : error) as {
    column?: number;
  };
  const feature = recipe.features[column] ?? recipe.features.join(', ');
  // The feature is named before it; the number of its column is of the recipe, and tells a person nothing.
  const problem = error.message.replace(/^Column \d+ (?=(?:has|is|misses) )/, 'it ');
  return new AppError('FEATURE_UNUSABLE', { feature, problem }, { cause: error });
}

/** Fits a recipe to the customers there are; a column that cannot be used is told by its feature's name. */
export function prepareFeatures(
  columns: readonly Float64Array[],
  recipe: FeatureRecipe,
): PreparedFeatures {
  try {
    const fitted = fitPreprocessing(columns, optionsOf(recipe));
    return { matrix: applyPreprocessing(columns, fitted), fitted };
  } catch (error) {
    throw refusal(error, recipe);
  }
}

/** The same on a worker, which is given columns best where it can read them; the matrix is shared already. */
export async function prepareOnWorker(
  columns: readonly Float64Array[],
  recipe: FeatureRecipe,
  work: Work,
): Promise<PreparedFeatures> {
  try {
    const what = 'Preparing the features';
    return await onWorker(work, what, 'prepareColumns', columns, optionsOf(recipe));
  } catch (error) {
    throw refusal(error, recipe);
  }
}

/** Refuses a customer without a value that a fitted recipe demands. */
function requireValues(
  columns: readonly Float64Array[],
  fitted: FittedPreprocessing,
  features: readonly string[],
): void {
  for (const [index, column] of columns.entries()) {
    if (fitted.columns[index]?.impute !== null) continue;
    const missing = column.reduce((count, value) => count + Number(Number.isNaN(value)), 0);
    if (missing === 0) continue;
    const problem = `${missing} customers have no value of it`;
    throw new AppError('FEATURE_UNUSABLE', { feature: features[index] ?? '', problem });
  }
}

/** Prepares customers by a recipe fitted before; one without a value that the recipe demands is told. */
export function applyRecipe(
  columns: readonly Float64Array[],
  fitted: FittedPreprocessing,
  features: readonly string[],
): Matrix {
  requireValues(columns, fitted, features);
  return applyPreprocessing(columns, fitted);
}

/** The same on a worker, with the nearest centroid of each customer; the columns best where it can read them. */
export async function assignOnWorker(
  columns: readonly Float64Array[],
  { preprocessing, features, centroids }: Assigning,
  work: Work,
): Promise<{ matrix: Matrix; labels: Int32Array }> {
  requireValues(columns, preprocessing, features);
  const rows = matrixFromRows(centroids);
  return onWorker(work, 'Placing the customers', 'assignColumns', columns, preprocessing, rows);
}
