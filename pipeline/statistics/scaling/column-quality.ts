import { quantileOfSorted, withinRounding } from '../column-summary.ts';
import { centreColumn, largestOf } from './centre-column.ts';
import { sortPresent } from './impute.ts';

/** The values of a column that are there; shapes are null where the column is constant. */
export interface Distribution {
  readonly minimum: number;
  readonly lowerQuartile: number;
  readonly median: number;
  readonly upperQuartile: number;
  readonly maximum: number;
  readonly mean: number;
  /** Population standard deviation (ddof 0). */
  readonly deviation: number;
  /** Fisher-Pearson g1: m3 / m2^1.5. */
  readonly skewness: number | null;
  /** Excess: m4 / m2^2 - 3. */
  readonly kurtosis: number | null;
  /** The value that occurs most often (the least of equals), and its share. */
  readonly mostFrequent: number;
  readonly mostFrequentShare: number;
  readonly zeroShare: number;
  /** Values more than 10 robust deviations from the median, and the farthest one's distance in them. */
  readonly outliers: number;
  readonly farthest: number | null;
}

export interface ColumnQuality {
  readonly rows: number;
  readonly missing: number;
  readonly distinct: number;
  /** Null if every value is missing. */
  readonly distribution: Distribution | null;
}

/** Robust deviations beyond which a value is an outlier. */
const FAR = 10;
/** The interquartile range of a normal distribution in its standard deviations. */
const NORMAL_RANGE = 1.3489795003921634;

function frequencies(sorted: Float64Array): { distinct: number; value: number; count: number } {
  let distinct = 0;
  let value = Number.NaN;
  let count = 0;
  for (let start = 0; start < sorted.length;) {
    let end = start + 1;
    while (end < sorted.length && sorted[end] === sorted[start]) end += 1;
    distinct += 1;
    if (end - start > count) {
      value = (sorted[start] ?? 0) + 0;
      count = end - start;
    }
    start = end;
  }
  return { distinct, value, count };
}

function moments(sorted: Float64Array, constant: boolean) {
  const { mean, centred } = centreColumn(sorted);
  const largest = largestOf(centred);
  if (constant || largest === 0) return { mean, deviation: 0, skewness: null, kurtosis: null };
  let second = 0;
  let third = 0;
  let fourth = 0;
  for (const value of centred) {
    const unit = value / largest;
    const square = unit * unit;
    second += square / sorted.length;
    third += (square * unit) / sorted.length;
    fourth += (square * square) / sorted.length;
  }
  return {
    mean,
    deviation: largest * Math.sqrt(second),
    skewness: third / second ** 1.5,
    kurtosis: fourth / (second * second) - 3,
  };
}

function outlying(sorted: Float64Array, median: number, range: number) {
  if (!(range > 0)) return { outliers: 0, farthest: null };
  const robust = range / NORMAL_RANGE;
  let outliers = 0;
  let farthest = 0;
  for (const value of sorted) {
    const distance = Math.abs(value - median) / robust;
    if (distance > FAR) outliers += 1;
    farthest = Math.max(farthest, distance);
  }
  return { outliers, farthest };
}

/**
 * What a column (NaN where a value is missing) is like. Quantiles are of definition 7; a robust
 * deviation is the interquartile range / 1.349, and without one there are no outliers. RangeError for
 * infinite values and for values so far apart that their range overflows.
 */
export function describeColumn(column: Float64Array): ColumnQuality {
  const sorted = sortPresent(column);
  const rows = column.length;
  const missing = rows - sorted.length;
  const minimum = sorted[0];
  const maximum = sorted.at(-1);
  if (minimum === undefined || maximum === undefined) {
    return { rows, missing, distinct: 0, distribution: null };
  }
  if (!Number.isFinite(maximum - minimum)) {
    throw new RangeError(`A column from ${minimum} to ${maximum} cannot be described.`);
  }
  const { distinct, value, count } = frequencies(sorted);
  const lowerQuartile = quantileOfSorted(sorted, 0.25);
  const median = quantileOfSorted(sorted, 0.5);
  const upperQuartile = quantileOfSorted(sorted, 0.75);
  const constant = withinRounding(minimum, maximum);
  const distribution = {
    minimum,
    lowerQuartile,
    median,
    upperQuartile,
    maximum,
    ...moments(sorted, constant),
    mostFrequent: value,
    mostFrequentShare: count / sorted.length,
    zeroShare: sorted.reduce((zeros, x) => zeros + Number(x === 0), 0) / sorted.length,
    ...outlying(sorted, median, constant ? 0 : upperQuartile - lowerQuartile),
  };
  return { rows, missing, distinct, distribution };
}
