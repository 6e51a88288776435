import {
  type ColumnSummary,
  quantileOfSorted,
  summariseColumn,
  withinRounding,
} from '../column-summary.ts';
import { checkMatrix, columnOf, createMatrix, type Matrix } from '../matrix.ts';

export type Transform = 'none' | 'log1p';
export type Scaling = 'none' | 'standard' | 'robust' | 'minmax';

/** Plain JSON, kept with a model: scaled = (transform(x) - center) / scale, and 0 where the scale is 0. */
export interface FittedScaling {
  readonly transform: Transform;
  readonly scaling: Scaling;
  readonly centers: readonly number[];
  readonly scales: readonly number[];
}

/** A column that cannot be scaled as asked; `column` says which. */
export class UnusableColumnError extends RangeError {
  readonly column: number;

  constructor(column: number, problem: string) {
    super(`Column ${column} ${problem}`);
    this.name = 'UnusableColumnError';
    this.column = column;
  }
}

/** sign(x) log(1 + |x|): refunds can make money negative, where log(1 + x) has no value. */
export function signedLog1p(x: number): number {
  return Math.sign(x) * Math.log1p(Math.abs(x));
}

export function signedExpm1(y: number): number {
  return Math.sign(y) * Math.expm1(Math.abs(y));
}

function transformColumn(column: Float64Array, transform: Transform): Float64Array {
  return transform === 'log1p' ? column.map(signedLog1p) : column;
}

interface Parameters {
  readonly center: number;
  readonly scale: number;
}

/** Centre and spread by median and interquartile range. A spread of 0 under varying values has no scale. */
function robustParameters(column: Float64Array, index: number): Parameters {
  const sorted = column.toSorted();
  const lower = quantileOfSorted(sorted, 0.25);
  const upper = quantileOfSorted(sorted, 0.75);
  if (withinRounding(lower, upper)) {
    const problem = `has no robust scale: half of its values are ${lower}, though others differ.`;
    throw new UnusableColumnError(index, problem);
  }
  return { center: quantileOfSorted(sorted, 0.5), scale: upper - lower };
}

/** Squares of differences below this lose digits, or vanish. */
const TINY = 1e-140;

function deviationOf(column: Float64Array, { minimum, maximum, deviation }: ColumnSummary): number {
  const range = maximum - minimum;
  if (range >= TINY) return deviation;
  return range * summariseColumn(column.map((value) => (value - minimum) / range)).deviation;
}

/**
 * Centre and scale of one column of finite numbers, as `fitScaling` takes them; `index` is for the
 * message of an UnusableColumnError.
 */
export function fitColumnScale(column: Float64Array, scaling: Scaling, index: number): Parameters {
  if (scaling === 'none') return { center: 0, scale: 1 };
  const summary = summariseColumn(column);
  const { minimum, maximum, mean, deviation } = summary;
  if (!Number.isFinite(deviation)) {
    throw new UnusableColumnError(index, `has values too far apart (${minimum} to ${maximum}).`);
  }
  if (withinRounding(minimum, maximum)) return { center: mean, scale: 0 };
  if (scaling === 'robust') return robustParameters(column, index);
  if (scaling === 'minmax') return { center: minimum, scale: maximum - minimum };
  return { center: mean, scale: deviationOf(column, summary) };
}

/**
 * Fits each column of a matrix (rows are customers) after its transform: `standard` by mean and
 * population standard deviation, `robust` by median and interquartile range, `minmax` to 0 .. 1.
 * A constant column gets scale 0 and becomes 0. RangeError for values that are not finite,
 * UnusableColumnError for a column without a scale.
 */
export function fitScaling(
  matrix: Matrix,
  options: { readonly transform: Transform; readonly scaling: Scaling },
): FittedScaling {
  checkMatrix(matrix);
  const fitted = Array.from({ length: matrix.columns }, (_, index) =>
    fitColumnScale(
      transformColumn(columnOf(matrix, index), options.transform),
      options.scaling,
      index,
    ),
  );
  return {
    transform: options.transform,
    scaling: options.scaling,
    centers: fitted.map(({ center }) => center),
    scales: fitted.map(({ scale }) => scale),
  };
}

function mapColumns(
  matrix: Matrix,
  fitted: FittedScaling,
  map: (value: number, parameters: Parameters) => number,
): Matrix {
  checkMatrix(matrix);
  const { values, rows, columns } = matrix;
  if (fitted.centers.length !== columns || fitted.scales.length !== columns) {
    throw new RangeError(
      `This scaling was fitted on ${fitted.centers.length} columns, but the matrix has ${columns}.`,
    );
  }
  const mapped = createMatrix(rows, columns);
  for (let column = 0; column < columns; column += 1) {
    const parameters = { center: fitted.centers[column] ?? 0, scale: fitted.scales[column] ?? 0 };
    for (let at = column; at < values.length; at += columns) {
      mapped.values[at] = map(values[at] ?? 0, parameters);
    }
  }
  return mapped;
}

/** Scales rows by parameters fitted before, so that new customers need no retraining. Nothing is clipped. */
export function applyScaling(matrix: Matrix, fitted: FittedScaling): Matrix {
  const before = fitted.transform === 'log1p' ? signedLog1p : (x: number) => x;
  return mapColumns(matrix, fitted, (value, { center, scale }) =>
    scale === 0 ? 0 : (before(value) - center) / scale,
  );
}

/** Back to the original units, for instance of centroids. A column of scale 0 becomes its constant. */
export function invertScaling(matrix: Matrix, fitted: FittedScaling): Matrix {
  const after = fitted.transform === 'log1p' ? signedExpm1 : (y: number) => y;
  return mapColumns(matrix, fitted, (value, { center, scale }) => after(value * scale + center));
}
