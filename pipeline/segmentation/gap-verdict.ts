import { gapChoice, type GapRow } from '../statistics/scores/gap-statistic.ts';
import type { ScoredK } from './scored-k.ts';

/** What the gap statistic says of a sweep. */
export type GapVerdict =
  | { readonly kind: 'unknown' }
  /** No k has more structure than evenly spread rows: the gap of k = 1 is not exceeded. */
  | { readonly kind: 'no-groups' }
  | {
      readonly kind: 'points';
      readonly k: number;
      readonly gap: number;
      /** How far its gap is above that of k = 1, null where that is not known. */
      readonly aboveOne: number | null;
    }
  /** It still rises at the largest k. */
  | { readonly kind: 'open' };

/** So many standard errors above the gap of k = 1 are more than chance. */
const BEYOND_CHANCE = 2;

function gapsOf(rows: readonly ScoredK[]): GapRow[] {
  return rows
    .flatMap(({ k, gap = null, gap_se = null }) =>
      gap === null || gap_se === null || k < 2 ? [] : [{ k, gap, standardError: gap_se }],
    )
    .toSorted((a, b) => a.k - b.k);
}

/**
 * Of k from 2 on the one that the rule of Tibshirani, Walther and Hastie takes, unless none has a gap
 * clearly above that of k = 1. Their rule alone would stop at 1 where three groups lie in a row,
 * because two clusters are hardly better than one.
 */
export function gapVerdict(rows: readonly ScoredK[], gapAtOne: number | null): GapVerdict {
  const gaps = gapsOf(rows);
  if (gaps.length === 0 || gaps.some(({ k }, index) => k !== (gaps[0]?.k ?? 0) + index)) {
    return { kind: 'unknown' };
  }
  const chance = gaps.every(
    ({ gap, standardError }) => gap <= (gapAtOne ?? -Infinity) + BEYOND_CHANCE * standardError,
  );
  if (chance) return { kind: 'no-groups' };
  const k = gapChoice(gaps);
  const found = gaps.find((row) => row.k === k);
  if (found === undefined) return { kind: 'open' };
  const aboveOne = gapAtOne === null ? null : found.gap - gapAtOne;
  return { kind: 'points', k: found.k, gap: found.gap, aboveOne };
}
