import type { SweepRow } from '../contract/segmentation.ts';

type Extra = 'gap' | 'gap_se' | 'stability' | 'smallest_size';

/** A row of a sweep; what was not asked for may be missing. */
export type ScoredK = Omit<SweepRow, Extra> & Partial<Pick<SweepRow, Extra>>;

/** "No substantial", "weak" and "strong structure": Kaufman and Rousseeuw (1990), Finding Groups in Data, table 4. */
export const NO_STRUCTURE = 0.25;
export const WEAK_STRUCTURE = 0.5;
export const STRONG_STRUCTURE = 0.7;

/** Not to be trusted below, stable from it on: the documentation of `clusterboot` in R's fpc (Hennig). */
export const UNSTABLE = 0.6;
export const STABLE = 0.75;
