import type { GapVerdict } from './gap-verdict.ts';
import { type ScoredK, UNSTABLE } from './scored-k.ts';
import { showsTwoGroups } from './two-groups.ts';

/** A segment below this share of the customers, or of fewer of them, is a handful of outliers. */
const SMALLEST_SHARE = 0.01;
export const SMALLEST_SIZE = 5;
/** Of two segments each holds this share at least, or one is but the tail of the other. */
const SMALLEST_OF_TWO = 0.2;

/** Whether a k can be recommended at all, and what speaks against it. */
export type Verdict = 'useful' | 'unscored' | 'handful' | 'tail' | 'too-few' | 'unstable';

export type JudgedK = ScoredK & { readonly verdict: Verdict };

function hasHandful({ smallest_share, smallest_size = Infinity }: ScoredK): boolean {
  return smallest_share < SMALLEST_SHARE || smallest_size < SMALLEST_SIZE;
}

function judge(row: ScoredK, rows: readonly ScoredK[], gap: GapVerdict): Verdict {
  const { k, silhouette, smallest_share, stability = null } = row;
  if (silhouette === null) return 'unscored';
  if (hasHandful(row)) return 'handful';
  if (k === 2) {
    const more = rows.filter((other) => other.k > 2 && other.silhouette !== null);
    const useful = more.filter((other) => !hasHandful(other));
    if (smallest_share < SMALLEST_OF_TWO) return 'tail';
    if (!showsTwoGroups(row, { more, useful, gap })) return 'too-few';
  }
  if (stability !== null && stability < UNSTABLE) return 'unstable';
  return 'useful';
}

/** The rows of a sweep with what speaks against each; of the others only k = 2 is judged by them too. */
export function judgeAll(rows: readonly ScoredK[], gap: GapVerdict): JudgedK[] {
  return rows.map((row) => ({ ...row, verdict: judge(row, rows, gap) }));
}
