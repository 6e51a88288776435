import { quantileOfSorted, withinRounding } from '../column-summary.ts';
import { sortPresent } from './impute.ts';

/** `counts[i]` values lie from `edges[i]` to below `edges[i + 1]`; the last bin has its upper edge too. */
export interface Histogram {
  /** Equally far apart, one more than counts; twice the same number for a constant; none without values. */
  readonly edges: readonly number[];
  readonly counts: readonly number[];
  /** Values beyond the first and the last edge: tails too long to be drawn. */
  readonly below: number;
  readonly above: number;
  readonly missing: number;
}

const MOST_BINS = 60;
/** A tail is cut at its 1% quantile if it reaches farther than this many widths of the middle 98%. */
const LONG_TAIL = 3;

function drawnRange(sorted: Float64Array): { start: number; end: number } {
  const minimum = sorted[0] ?? 0;
  const maximum = sorted.at(-1) ?? 0;
  const low = quantileOfSorted(sorted, 0.01);
  const high = quantileOfSorted(sorted, 0.99);
  const reach = LONG_TAIL * (high - low);
  if (withinRounding(low, high)) return { start: minimum, end: maximum };
  return {
    start: minimum < low - reach ? low : minimum,
    end: maximum > high + reach ? high : maximum,
  };
}

/** Freedman and Diaconis (1981), or Sturges (1926) where half of the values are the same. */
function binCount(sorted: Float64Array, range: number): number {
  const middle = quantileOfSorted(sorted, 0.75) - quantileOfSorted(sorted, 0.25);
  const bins =
    middle > 0
      ? Math.ceil(range / ((2 * middle) / Math.cbrt(sorted.length)))
      : Math.ceil(Math.log2(sorted.length)) + 1;
  return Math.min(MOST_BINS, Math.max(1, bins));
}

/**
 * Counts of a column (NaN where a value is missing) in 1 .. 60 equal bins. RangeError for infinite
 * values and for values so far apart that their range overflows.
 */
export function histogram(column: Float64Array): Histogram {
  const sorted = sortPresent(column);
  const missing = column.length - sorted.length;
  if (sorted.length === 0) return { edges: [], counts: [], below: 0, above: 0, missing };
  const { start, end } = drawnRange(sorted);
  const range = end - start;
  if (!Number.isFinite((sorted.at(-1) ?? 0) - (sorted[0] ?? 0))) {
    throw new RangeError(`A column from ${sorted[0]} to ${sorted.at(-1)} has no histogram.`);
  }
  if (withinRounding(start, end)) {
    return { edges: [start, end], counts: [sorted.length], below: 0, above: 0, missing };
  }
  const bins = binCount(sorted, range);
  const edges = Array.from({ length: bins }, (_, at) => start + (range / bins) * at);
  edges.push(end);
  const counts: number[] = Array.from({ length: bins }, () => 0);
  let [bin, below, above] = [0, 0, 0];
  for (const value of sorted) {
    if (value < start) below += 1;
    else if (value > end) above += 1;
    else {
      while (bin < bins - 1 && value >= (edges[bin + 1] ?? end)) bin += 1;
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
  }
  return { edges, counts, below, above, missing };
}
