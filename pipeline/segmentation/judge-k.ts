import type { SweepRow } from '../contract/segmentation.ts';

type Extra = 'gap' | 'gap_se' | 'stability' | 'smallest_size';

/** A row of a sweep; what was not asked for may be missing. */
export type ScoredK = Omit<SweepRow, Extra> & Partial<Pick<SweepRow, Extra>>;

/** A segment below this share of the customers, or of fewer of them, is a handful of outliers. */
const SMALLEST_SHARE = 0.01;
export const SMALLEST_SIZE = 5;
/** Of two segments each holds this share at least, or one is but the tail of the other. */
const SMALLEST_OF_TWO = 0.2;
/** "A strong structure has been found": Kaufman and Rousseeuw (1990), Finding Groups in Data, table 4. */
export const STRONG_STRUCTURE = 0.7;
/** Below it a clustering is not to be trusted: the documentation of `clusterboot` in R's fpc (Hennig). */
const UNSTABLE = 0.6;

/** Whether a k can be recommended at all, whatever the others are, and what speaks against it. */
export type Verdict = 'useful' | 'unscored' | 'handful' | 'tail' | 'overlap' | 'unstable';

export function judge(row: ScoredK): Verdict {
  const { k, silhouette, smallest_share, smallest_size = Infinity, stability = null } = row;
  if (silhouette === null) return 'unscored';
  if (smallest_share < SMALLEST_SHARE || smallest_size < SMALLEST_SIZE) return 'handful';
  if (k === 2 && smallest_share < SMALLEST_OF_TWO) return 'tail';
  if (k === 2 && silhouette <= STRONG_STRUCTURE) return 'overlap';
  if (stability !== null && stability < UNSTABLE) return 'unstable';
  return 'useful';
}
