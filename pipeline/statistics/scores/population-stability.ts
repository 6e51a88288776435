import { quantileOfSorted } from '../column-summary.ts';

/** A column as it was: the inner edges of its bins, and the share of its values in each. Plain JSON. */
export interface Baseline {
  readonly edges: readonly number[];
  readonly shares: readonly number[];
}

/** So many bins of about equal shares are usual; equal values make them fewer. */
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

/** Remembers how a column of finite numbers is spread, by its deciles. RangeError for an empty one. */
export function baselineOf(column: Float64Array): Baseline {
  if (column.length === 0) throw new RangeError('An empty column has no spread.');
  const sorted = column.toSorted();
  const deciles = Array.from({ length: BINS - 1 }, (_, i) =>
    quantileOfSorted(sorted, (i + 1) / BINS),
  );
  // An edge at the maximum would leave nothing above it.
  const edges = [...new Set(deciles)].filter((edge) => edge < (sorted.at(-1) ?? 0));
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
