import type { GapVerdict } from './gap-verdict.ts';
import {
  NO_STRUCTURE,
  type ScoredK,
  STABLE,
  STRONG_STRUCTURE,
  WEAK_STRUCTURE,
} from './scored-k.ts';

/** That of k = 2 is clearly above the gap of k = 1; evenly spread oblongs come to 0.11. */
const CLEAR_GAP = 0.15;
/** And clearly above every other silhouette; those oblongs come to 0.13. */
const CLEAR_WIDTH = 0.15;

function isBest(two: ScoredK, more: readonly ScoredK[]): boolean {
  const { silhouette, calinski_harabasz: ratio, davies_bouldin: overlap } = two;
  if (more.length === 0 || silhouette === null || ratio === null || overlap === null) return false;
  return (
    silhouette > WEAK_STRUCTURE &&
    more.every(
      (row) =>
        silhouette >= (row.silhouette ?? -1) + CLEAR_WIDTH &&
        ratio > (row.calinski_harabasz ?? 0) &&
        overlap < (row.davies_bouldin ?? Infinity),
    )
  );
}

/** A third cluster that takes away more than half of what two leave: three groups, or a long tail. */
function isThirdBetter(two: ScoredK, useful: readonly ScoredK[]): boolean {
  const third = useful.find(({ k }) => k === 3);
  return (third?.calinski_harabasz ?? 0) > (two.calinski_harabasz ?? 0);
}

/**
 * Whether a sweep shows that there are just two groups, so that k = 2 is not merely the first cut through
 * a continuum, of which the silhouette is often the highest. `more` are its k from 3 on and `useful` those
 * without a handful of outliers. The simulations are in docs/decisions/0009-recommended-k.md.
 */
export function showsTwoGroups(
  two: ScoredK,
  {
    more,
    useful,
    gap,
  }: {
    readonly more: readonly ScoredK[];
    readonly useful: readonly ScoredK[];
    readonly gap: GapVerdict;
  },
): boolean {
  const { silhouette, stability = null } = two;
  if (silhouette === null) return false;
  if (silhouette > STRONG_STRUCTURE) return !isThirdBetter(two, useful);
  if (stability !== null && stability < STABLE) return false;
  if (gap.kind === 'unknown') return isBest(two, more);
  if (gap.kind !== 'points' || gap.k !== 2) return false;
  if (gap.aboveOne === null) return isBest(two, more);
  return gap.aboveOne >= CLEAR_GAP && silhouette > NO_STRUCTURE;
}
