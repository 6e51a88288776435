import { AppError } from '../contract/errors.ts';
import type { FeatureRecipe } from '../contract/recipe.ts';
import type { Matrix } from '../statistics/matrix.ts';
import {
  applyPreprocessing,
  type ColumnOptions,
  fitPreprocessing,
  type FittedPreprocessing,
} from '../statistics/scaling/preprocessing.ts';
import { UnusableColumnError } from '../statistics/scaling/scaling.ts';

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

export interface PreparedFeatures {
  /** One row a customer, one column a feature, as distances are taken. */
  readonly matrix: Matrix;
  readonly fitted: FittedPreprocessing;
}

/** Fits a recipe to the customers there are; a column that cannot be used is told by its feature's name. */
export function prepareFeatures(
  columns: readonly Float64Array[],
  recipe: FeatureRecipe,
): PreparedFeatures {
  const options = recipe.features.map((feature) => treatmentOf(recipe, feature));
  try {
    const fitted = fitPreprocessing(columns, options);
    return { matrix: applyPreprocessing(columns, fitted), fitted };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const column = error instanceof UnusableColumnError ? error.column : -1;
    const feature = recipe.features[column] ?? recipe.features.join(', ');
    throw new AppError('FEATURE_UNUSABLE', { feature, problem: error.message }, { cause: error });
  }
}

/** Prepares customers by a recipe fitted before; one without a value that the recipe demands is told. */
export function applyRecipe(
  columns: readonly Float64Array[],
  fitted: FittedPreprocessing,
  features: readonly string[],
): Matrix {
  for (const [index, column] of columns.entries()) {
    if (fitted.columns[index]?.impute !== null) continue;
    const missing = column.reduce((count, value) => count + Number(Number.isNaN(value)), 0);
    if (missing === 0) continue;
    const problem = `${missing} customers have no value of it`;
    throw new AppError('FEATURE_UNUSABLE', { feature: features[index] ?? '', problem });
  }
  return applyPreprocessing(columns, fitted);
}
