import { quantileOfSorted } from '../column-summary.ts';
import { createRandom, type Random } from '../random.ts';
import { checkInterval, type Interval, type IntervalOptions } from './interval.ts';
import { normalProbability, normalQuantile } from './normal-distribution.ts';

export interface BootstrapOptions extends IntervalOptions {
  /** Bias-corrected and accelerated unless given. */
  readonly method?: 'bca' | 'percentile';
  /** 2,000 unless given. The work is resamples x customers x columns. */
  readonly resamples?: number;
  readonly seed?: number;
}

/** A value of the columns' sums over customers, as money / orders; not finite where it has none. */
type Statistic = (sums: Float64Array, n: number) => number;

interface Sample {
  readonly columns: readonly Float64Array[];
  readonly n: number;
  readonly statistic: Statistic;
}

function checkColumns(columns: readonly Float64Array[]): number {
  const n = columns[0]?.length ?? 0;
  for (const [index, column] of columns.entries()) {
    if (column.length !== n) {
      throw new RangeError(`Column ${index} has ${column.length} values, but column 0 has ${n}.`);
    }
    const bad = column.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) throw new RangeError(`Row ${bad}, column ${index} is ${column[bad]}.`);
  }
  return n;
}

function resample({ columns, n, statistic }: Sample, random: Random): number {
  const sums = new Float64Array(columns.length);
  for (let drawn = 0; drawn < n; drawn += 1) {
    const row = random.integer(n);
    for (let column = 0; column < columns.length; column += 1) {
      sums[column] = (sums[column] ?? 0) + (columns[column]?.[row] ?? 0);
    }
  }
  return statistic(sums, n);
}

/** Skewness of what leaving out one customer does: Efron (1987), equation 6.6, by the jackknife. */
function acceleration({ columns, n, statistic }: Sample, totals: Float64Array): number {
  const without = new Float64Array(n);
  for (let row = 0; row < n; row += 1) {
    without[row] = statistic(
      totals.map((total, column) => total - (columns[column]?.[row] ?? 0)),
      n - 1,
    );
  }
  const mean = without.reduce((sum, value) => sum + value, 0) / n;
  let squares = 0;
  let cubes = 0;
  for (const value of without) {
    const influence = mean - value;
    squares += influence ** 2;
    cubes += influence ** 3;
  }
  const skewness = cubes / (6 * squares ** 1.5);
  return Number.isFinite(skewness) ? skewness : 0;
}

/** The share of values below, the equal ones counted half; never 0 or 1, which have no quantile. */
function shareBelow(sorted: Float64Array, value: number): number {
  let below = 0;
  for (const other of sorted) below += other < value ? 1 : other === value ? 0.5 : 0;
  return Math.min(sorted.length - 0.5, Math.max(0.5, below)) / sorted.length;
}

/** Where BCa reads the sorted resamples instead of at `p`: Efron (1987), equation 3.9. */
function adjust(p: number, bias: number, skewness: number): number {
  const shifted = bias + normalQuantile(p);
  const divisor = 1 - skewness * shifted;
  if (divisor <= 0) return p < 0.5 ? 0 : 1;
  return normalProbability(bias + shifted / divisor);
}

/**
 * The bootstrap (Efron 1979) over customers of a statistic of sums: each resample draws as many
 * customers as there are, with their rows of all columns. A statistic that has no value for the
 * customers given is `zero-denominator`, one that has none in some resample `unstable-denominator`.
 * RangeError for columns of different lengths and for values that are not finite.
 */
export function bootstrapInterval(
  columns: readonly Float64Array[],
  statistic: Statistic,
  options: BootstrapOptions = {},
): Interval {
  const { method = 'bca', resamples = 2000, seed = 0 } = options;
  const n = checkColumns(columns);
  const { level, fewest } = checkInterval(n, options);
  const needed = Math.max(2, fewest);
  if (n < needed) return { kind: 'too-few', n, needed };
  if (!Number.isSafeInteger(resamples) || resamples < 1) {
    throw new RangeError(`A bootstrap needs a whole number of resamples, not ${resamples}.`);
  }
  const sample = { columns, n, statistic };
  const totals = Float64Array.from(columns, (column) => column.reduce((sum, x) => sum + x, 0));
  const estimate = statistic(totals, n);
  if (!Number.isFinite(estimate)) return { kind: 'no-value', reason: 'zero-denominator' };
  const random = createRandom(seed);
  const values = new Float64Array(resamples).map(() => resample(sample, random)).sort();
  if (!values.every((value) => Number.isFinite(value))) {
    return { kind: 'no-value', reason: 'unstable-denominator' };
  }
  const bias = method === 'bca' ? normalQuantile(shareBelow(values, estimate)) : 0;
  const skewness = method === 'bca' ? acceleration(sample, totals) : 0;
  const [low, high] = [0.5 - level / 2, 0.5 + level / 2].map((p) =>
    quantileOfSorted(values, adjust(p, bias, skewness)),
  );
  return { kind: 'interval', estimate, low: low ?? estimate, high: high ?? estimate, level };
}
