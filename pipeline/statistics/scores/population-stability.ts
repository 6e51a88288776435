import { withinRounding } from '../column-summary.ts';

/**
 * A column as it was: the inner edges of its bins, rising, and the share of its values in each; a value
 * at an edge belongs below it. Plain JSON.
 */
export interface Baseline {
  readonly edges: readonly number[];
  readonly shares: readonly number[];
}

/** So many bins of about equal shares are usual. A value that fills one by itself has its own. */
const BINS = 10;

/** Stands in for an empty bin, whose logarithm has no value. */
const LEAST_SHARE = 1e-4;

function shares(column: Float64Array, edges: readonly number[]): number[] {
  const counts = Array.from({ length: edges.length + 1 }, () => 0);
  for (const value of column) {
    let bin = 0;
    while (bin < edges.length && value > (edges[bin] ?? 0)) bin += 1;
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts.map((count) => count / column.length);
}

/** Halfway between two values, and never at the higher one, whatever the rounding. */
function between(low: number, high: number): number {
  const middle = low / 2 + high / 2;
  return middle >= low && middle < high ? middle : low;
}

/** The end of the run of values, equal but for rounding, that starts at a place. */
function runEnd(sorted: Float64Array, start: number): number {
  let end = start + 1;
  while (end < sorted.length && withinRounding(sorted[start] ?? 0, sorted[end] ?? 0)) end += 1;
  return end;
}

/**
 * Edges midway between values where a tenth of the rows is full, on both sides of any value that is a
 * tenth of them by itself, and beyond both ends: right there where such a value stands, else a tenth of
 * the range farther, so that an extreme a little more extreme is no drift.
 */
function binEdges(sorted: Float64Array): number[] {
  const rows = sorted.length;
  const [least, most] = [sorted[0] ?? 0, sorted[rows - 1] ?? 0];
  const isMass = (count: number): boolean => count > 1 && count >= rows / BINS;
  const nearest = 4 * Number.EPSILON * Math.max(Math.abs(least), Math.abs(most));
  const farther = Math.max(most / BINS - least / BINS, nearest);
  let mass = isMass(runEnd(sorted, 0));
  const edges = [least - Math.max(mass ? nearest : farther, Number.MIN_VALUE)];
  let full = rows / BINS;
  for (let start = runEnd(sorted, 0); start < rows;) {
    const end = runEnd(sorted, start);
    const next = isMass(end - start);
    if (mass || next || start >= full) {
      edges.push(between(sorted[start - 1] ?? 0, sorted[start] ?? 0));
      full = ((Math.floor((start * BINS) / rows) + 1) * rows) / BINS;
    }
    mass = next;
    start = end;
  }
  edges.push(most + (mass ? nearest : farther));
  return edges.filter(Number.isFinite);
}

/**
 * Remembers how a column of finite numbers is spread, by its deciles, the values that many rows share,
 * and its ends. RangeError for an empty one.
 */
export function baselineOf(column: Float64Array): Baseline {
  if (column.length === 0) throw new RangeError('An empty column has no spread.');
  const edges = binEdges(column.toSorted());
  return { edges, shares: shares(column, edges) };
}

/**
 * The population stability index: the sum over bins of (now - then) ln(now / then), which is Jeffreys'
 * divergence of the two spreads. 0 where nothing changed; by custom (Siddiqi 2006) below 0.1 is stable
 * and above 0.25 a shift. RangeError for an empty column.
 */
export function populationStability(column: Float64Array, baseline: Baseline): number {
  if (column.length === 0) throw new RangeError('An empty column has no spread.');
  return shares(column, baseline.edges).reduce((sum, share, bin) => {
    const now = Math.max(share, LEAST_SHARE);
    const then = Math.max(baseline.shares[bin] ?? 0, LEAST_SHARE);
    return sum + (now - then) * Math.log(now / then);
  }, 0);
}
