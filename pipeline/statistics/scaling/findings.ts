import type { Collinearity } from './collinearity.ts';
import type { ColumnQuality } from './column-quality.ts';

export type Severity = 'note' | 'warning' | 'error';

type Kind =
  | { readonly kind: 'missing'; readonly missing: number; readonly rows: number }
  | { readonly kind: 'constant'; readonly value: number }
  /** Constant only since it was prepared: `share` of its values were `value` before. */
  | { readonly kind: 'flattened'; readonly value: number; readonly share: number }
  | { readonly kind: 'nearly-constant'; readonly value: number; readonly share: number }
  | { readonly kind: 'skewed'; readonly skewness: number }
  /** `farthest` in robust deviations from the median. */
  | { readonly kind: 'outliers'; readonly count: number; readonly farthest: number }
  | { readonly kind: 'collinear'; readonly other: number; readonly correlation: number }
  /** No close pair, but the other columns together give this one: `inflation` is its factor. */
  | { readonly kind: 'redundant'; readonly inflation: number }
  | { readonly kind: 'dominating'; readonly of: 'distances' | 'segments'; readonly share: number };

/** Something to tell of column number `column`. */
export type Finding = Kind & { readonly severity: Severity; readonly column: number };

/** From this share of missing values on what stands in for them decides. */
export const MUCH_MISSING = 0.2;
const MOSTLY = 0.95;
const SKEWED = 2;
const INFLATED = 10;
const OVERWHELMING = 0.8;

/** Of the values as they were read. */
export function findInRaw(raw: readonly ColumnQuality[]): Finding[] {
  return raw.flatMap(({ rows, missing, distribution }, column): Finding[] => {
    const findings: Finding[] = [];
    if (missing > 0) {
      const many = missing > MUCH_MISSING * rows ? 'warning' : 'note';
      const severity = distribution === null ? 'error' : many;
      findings.push({ kind: 'missing', severity, column, missing, rows });
    }
    if (distribution === null) return findings;
    const { mostFrequent: value, mostFrequentShare: share, skewness } = distribution;
    if (skewness === null) findings.push({ kind: 'constant', severity: 'warning', column, value });
    else if (share >= MOSTLY) {
      findings.push({ kind: 'nearly-constant', severity: 'warning', column, value, share });
    }
    return findings;
  });
}

function findInShape(before: ColumnQuality, after: ColumnQuality, column: number): Finding[] {
  const [raw, prepared] = [before.distribution, after.distribution];
  if (raw === null || prepared === null || raw.skewness === null) return [];
  const { mostFrequent: value, mostFrequentShare: share } = raw;
  const { skewness, outliers: count, farthest } = prepared;
  if (skewness === null) {
    return [{ kind: 'flattened', severity: 'warning', column, value, share }];
  }
  const findings: Finding[] = [];
  // Nothing takes the skew from a column of one value and exceptions, and that was said already.
  if (Math.abs(skewness) > SKEWED && share < MOSTLY) {
    findings.push({ kind: 'skewed', severity: 'warning', column, skewness });
  }
  if (count > 0 && farthest !== null) {
    findings.push({ kind: 'outliers', severity: 'warning', column, count, farthest });
  }
  return findings;
}

function findRepeats({ pairs, inflation }: Collinearity): Finding[] {
  const close = pairs.map(({ columns: [column, other], correlation }): Finding => {
    return { kind: 'collinear', severity: 'warning', column, other, correlation };
  });
  const paired = new Set(pairs.flatMap((pair) => pair.columns));
  const redundant = inflation.flatMap((factor, column): Finding[] => {
    if (factor === null || factor <= INFLATED || paired.has(column)) return [];
    return [{ kind: 'redundant', severity: 'note', column, inflation: factor }];
  });
  return [...close, ...redundant];
}

/** Half of everything, or 2.5 times the fair share of many; of two columns, three quarters. */
function findDominating(shares: readonly number[], of: 'distances' | 'segments'): Finding[] {
  const varying = shares.filter((share) => share > 0).length;
  const most = Math.min(Math.max(0.5, 1.5 / varying), 2.5 / varying);
  return shares.flatMap((share, column): Finding[] => {
    if (varying < 2 || share <= most + 1e-9) return [];
    const severity = share > OVERWHELMING ? 'error' : 'warning';
    return [{ kind: 'dominating', severity, column, of, share }];
  });
}

/** Of the values as K-Means sees them. */
export function findInPrepared(
  raw: readonly ColumnQuality[],
  prepared: Collinearity & {
    readonly columns: readonly ColumnQuality[];
    readonly shares: readonly number[];
    readonly clusterShares: readonly number[] | null;
  },
): Finding[] {
  return [
    ...findDominating(prepared.shares, 'distances'),
    ...findDominating(prepared.clusterShares ?? [], 'segments'),
    ...prepared.columns.flatMap((after, column) => {
      const before = raw[column];
      return before === undefined ? [] : findInShape(before, after, column);
    }),
    ...findRepeats(prepared),
  ];
}
