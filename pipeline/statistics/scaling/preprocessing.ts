import { summariseColumn } from '../column-summary.ts';
import { createMatrix, type Matrix, matrixFromColumns } from '../matrix.ts';
import {
  type FittedColumn,
  type FittedTransform,
  forwardTransform,
  prepareWith,
  restoreWith,
} from './fitted-column.ts';
import { imputedValue, type MissingRule, sortPresent } from './impute.ts';
import {
  fitColumnScale,
  type FittedScaling,
  type Scaling,
  type Transform,
  UnusableColumnError,
} from './scaling.ts';
import { clip, countOutside, type Quantiles, winsoriseBounds } from './winsorise.ts';
import { fitYeoJohnson } from './yeo-johnson.ts';

/** How one column is prepared, in this order; what is left out is weight 1. */
export interface ColumnOptions {
  readonly missing: MissingRule;
  readonly winsorise: Quantiles | null;
  readonly transform: Transform | 'yeo-johnson';
  readonly scaling: Scaling;
  /** Multiplies the scaled column, and so its distances; above 0. */
  readonly weight?: number;
}

/** Plain JSON, kept with a model: what `fitPreprocessing` learnt, one entry a column. */
export interface FittedPreprocessing {
  readonly columns: readonly FittedColumn[];
}

function fitTransform(
  column: Float64Array,
  transform: ColumnOptions['transform'],
): FittedTransform {
  if (transform !== 'yeo-johnson') return { kind: transform };
  const { minimum, maximum } = summariseColumn(column);
  return { kind: transform, ...fitYeoJohnson(column), minimum, maximum };
}

/** The values of a whole column, rising, with what stands in for missing ones. */
function fillSorted(present: Float64Array, rows: number, impute: number | null): Float64Array {
  if (present.length === rows || impute === null) return present;
  const filled = new Float64Array(rows).fill(impute);
  filled.set(present);
  return filled.sort();
}

/** All is fitted to the values in rising order: that of customers must not change a bit of a model. */
function fitColumn(column: Float64Array, options: ColumnOptions, index: number): FittedColumn {
  const { scaling, weight = 1 } = options;
  if (!(weight > 0 && weight < Infinity)) {
    throw new RangeError(`A weight must be above 0 and finite, not ${weight}.`);
  }
  const infinite = column.findIndex((value) => Math.abs(value) === Infinity);
  if (infinite >= 0) {
    throw new UnusableColumnError(index, `is ${column[infinite]} in row ${infinite}.`);
  }
  const rows = column.length;
  const present = sortPresent(column);
  const impute = imputedValue({ present, rows, index }, options.missing);
  const filled = fillSorted(present, rows, impute);
  const bounds = options.winsorise === null ? null : winsoriseBounds(filled, options.winsorise);
  const clipped = bounds === null ? filled : filled.map((value) => clip(value, bounds));
  const transform = fitTransform(clipped, options.transform);
  const transformed = clipped.map(forwardTransform(transform));
  return {
    impute,
    bounds,
    transform,
    scaling,
    ...fitColumnScale(transformed, scaling, index),
    weight,
    missing: rows - present.length,
    clipped: bounds === null ? 0 : countOutside(filled, bounds),
  };
}

/**
 * Fits columns of equal length, NaN where a value is missing: each is imputed, winsorised, transformed,
 * scaled and weighted by its own options, every step fitted on what the one before gave. A constant
 * column gets scale 0 and becomes 0, unless its scaling is none. UnusableColumnError for a column that
 * cannot be treated as asked; RangeError for options that make no sense or do not fit the columns.
 */
export function fitPreprocessing(
  columns: readonly Float64Array[],
  options: readonly ColumnOptions[],
): FittedPreprocessing {
  const rows = columns[0]?.length ?? 0;
  if (rows === 0) throw new RangeError('Preprocessing needs a column with a row.');
  const fitted: FittedColumn[] = [];
  for (const [index, column] of columns.entries()) {
    const own = options[index];
    if (own === undefined || options.length !== columns.length) {
      throw new RangeError(`${columns.length} columns have ${options.length} options.`);
    }
    if (column.length !== rows) {
      throw new RangeError(
        `Column ${index} has ${column.length} values, but column 0 has ${rows}.`,
      );
    }
    fitted.push(fitColumn(column, own, index));
  }
  return { columns: fitted };
}

function mapMatrix(
  { values, rows, columns }: Matrix,
  { columns: fitted }: FittedPreprocessing,
  mapWith: (column: FittedColumn) => (value: number) => number,
): Matrix {
  if (fitted.length !== columns) {
    throw new RangeError(
      `This preprocessing was fitted on ${fitted.length} columns, but the matrix has ${columns}.`,
    );
  }
  const mapped = createMatrix(rows, columns);
  for (const [index, column] of fitted.entries()) {
    const map = mapWith(column);
    for (let at = index; at < values.length; at += columns) {
      const value = values[at] ?? 0;
      const result = map(value);
      if (!Number.isFinite(result) || Math.abs(value) === Infinity) {
        const place = `Row ${Math.floor(at / columns)}, column ${index}`;
        const problem = Number.isNaN(value) ? 'is missing' : `has ${value}, which is out of reach`;
        throw new RangeError(`${place} ${problem} for the preprocessing fitted.`);
      }
      mapped.values[at] = result;
    }
  }
  return mapped;
}

/**
 * Prepares rows by what was fitted before, so that new customers need no retraining; all results are
 * finite. RangeError for a missing value where none is allowed, an infinite one, or one so far from
 * the fitted ones that its power overflows.
 */
export function applyPreprocessing(
  data: Matrix | readonly Float64Array[],
  fitted: FittedPreprocessing,
): Matrix {
  const matrix = 'rows' in data ? data : matrixFromColumns(data);
  return mapMatrix(matrix, fitted, prepareWith);
}

/**
 * Back to original units, for instance of centroids: exact, up to rounding, for values that were not
 * clipped. A column of scale 0 becomes its constant; beyond the reach of Yeo-Johnson stands the
 * fitted extreme. RangeError for values that are not finite, or have no finite original.
 */
export function invertPreprocessing(matrix: Matrix, fitted: FittedPreprocessing): Matrix {
  return mapMatrix(matrix, fitted, restoreWith);
}

/** A model of before there was preprocessing: one transform for all columns, nothing missing. */
export function fromScaling(fitted: FittedScaling): FittedPreprocessing {
  return {
    columns: fitted.centers.map((center, index) => ({
      impute: null,
      bounds: null,
      transform: { kind: fitted.transform },
      scaling: fitted.scaling,
      center,
      scale: fitted.scales[index] ?? 0,
      weight: 1,
      missing: 0,
      clipped: 0,
    })),
  };
}
