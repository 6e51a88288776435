import { type Distinct, distinctValues } from './distinct.ts';

/** The distinct rows of some columns, in rising order of the first column, then of the second, ... */
export interface Patterns {
  /** For each pattern how many rows have it. */
  readonly weights: Float64Array;
  /** For each row the place of its pattern. */
  readonly patternOf: Int32Array;
  /** For each column its distinct values, and for each pattern (not row) the place among them. */
  readonly columns: readonly Distinct[];
}

/** Codes of the pairs of two columns' values, in the order of the first column, then of the second. */
function pair(first: Distinct, second: Distinct): Distinct {
  const width = second.values.length;
  const keys = new Float64Array(first.codes.length);
  for (let row = 0; row < keys.length; row += 1) {
    keys[row] = (first.codes[row] ?? 0) * width + (second.codes[row] ?? 0);
  }
  return distinctValues(keys);
}

/**
 * Collapses rows that are equal in every column. What is then summed over patterns does not depend on
 * the order of the rows. The columns, one at least, are of equal length and without NaN.
 */
export function collapsePatterns(columns: readonly Float64Array[]): Patterns {
  const coded = columns.map((column) => distinctValues(column));
  const whole = coded.reduce(pair);
  const size = whole.values.length;
  const weights = new Float64Array(size);
  const example = new Int32Array(size);
  for (let row = 0; row < whole.codes.length; row += 1) {
    const pattern = whole.codes[row] ?? 0;
    weights[pattern] = (weights[pattern] ?? 0) + 1;
    example[pattern] = row;
  }
  return {
    weights,
    patternOf: whole.codes,
    columns: coded.map(({ values, codes }) => ({
      values,
      codes: example.map((row) => codes[row] ?? 0),
    })),
  };
}

/** The patterns with every column but the first, which counts, in another unit. */
export function scalePatterns(patterns: Patterns, scale: number): Patterns {
  const columns = patterns.columns.map(({ values, codes }, column) => ({
    values: column === 0 ? values : values.map((value) => value * scale),
    codes,
  }));
  return { ...patterns, columns };
}

/** Every n-th pattern, so that no more than `most` are left: for a first look at a likelihood. */
export function thinPatterns(patterns: Patterns, most: number): Patterns {
  const step = Math.ceil(patterns.weights.length / most);
  if (step <= 1) return patterns;
  const keep = (_: number, pattern: number): boolean => pattern % step === 0;
  return {
    weights: patterns.weights.filter(keep),
    patternOf: new Int32Array(0),
    columns: patterns.columns.map(({ values, codes }) => ({ values, codes: codes.filter(keep) })),
  };
}
