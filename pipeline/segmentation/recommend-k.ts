import { type GapVerdict, gapVerdict } from './gap-verdict.ts';
import { judgeAll } from './judge-k.ts';
import { type Choice, wordChoice } from './recommend-words.ts';
import { wordNoGroups, wordNoneUseful } from './refusal-words.ts';
import { NO_STRUCTURE, type ScoredK, STRONG_STRUCTURE } from './scored-k.ts';
import type { Treatment } from './wording.ts';

export interface Recommendation {
  /** Null where no k of the sweep is worth suggesting. */
  readonly k: number | null;
  /** The rule as it applied, in sentences for the screen. */
  readonly reason: string;
}

/** What belongs to a sweep as a whole; what was not computed is left out. */
export interface SweepFindings {
  /** The k at the elbow of the inertia, null if there is none. */
  readonly elbow?: number | null;
  /** The gap statistic of k = 1. */
  readonly gapAtOne?: number | null;
  /** What the recipe does against long tails, so that the reason does not advise it again. */
  readonly treatment?: Treatment;
}

/** Silhouettes this share below the highest are equal to it. */
const EQUAL_WITHIN = 0.02;
/** Those this share below it may still be chosen, where the gap statistic and the elbow both point to them. */
const OVERRULED_WITHIN = 0.05;
/** Stabilities this far below the highest are equal to it: twenty resamples tell them no closer. */
const AS_STABLE_WITHIN = 0.05;

function widthOf({ silhouette }: ScoredK): number {
  return silhouette ?? -1;
}

function ratioOf({ calinski_harabasz }: ScoredK): number {
  return calinski_harabasz ?? 0;
}

function mostStable(rows: readonly ScoredK[]): readonly ScoredK[] {
  const known = rows.flatMap(({ stability = null }) => (stability === null ? [] : [stability]));
  if (known.length < rows.length) return rows;
  const least = Math.max(...known) - AS_STABLE_WITHIN;
  return rows.filter(({ stability = null }) => (stability ?? 0) >= least);
}

function within(share: number, rows: readonly ScoredK[]): ScoredK[] {
  const highest = Math.max(...rows.map(widthOf));
  return rows.filter((row) => widthOf(row) >= highest - share * Math.abs(highest));
}

function choose(useful: readonly ScoredK[], gap: GapVerdict, elbow: number | null): Choice | null {
  const agreed = mostStable(within(OVERRULED_WITHIN, useful)).find(
    ({ k }) => gap.kind === 'points' && k === gap.k && k === elbow,
  );
  const equal = within(EQUAL_WITHIN, useful);
  const [best] = equal.toSorted((a, b) => widthOf(b) - widthOf(a));
  if (best === undefined) return null;
  if (agreed !== undefined && agreed !== best) return { by: 'gap-and-elbow', row: agreed, best };
  // Where groups stand well apart, the Calinski-Harabasz score goes on rising as they are split.
  const clear = widthOf(best) > STRONG_STRUCTURE;
  if (agreed === best || equal.length === 1 || clear) return { by: 'silhouette', row: best };
  const stable = mostStable(equal);
  const [row = best] = stable.toSorted((a, b) => ratioOf(b) - ratioOf(a) || a.k - b.k);
  return { by: stable.length === 1 ? 'stability' : 'calinski-harabasz', row, equal };
}

/**
 * The k to suggest from a sweep. The silhouette decides, but not alone: on raw spend it is highest where
 * k = 2 sets a handful of huge customers apart. Left out is every k that `judgeAll` finds something against.
 * Of what remains, k within 2% of the highest silhouette are equal unless that is a strong structure; the
 * clearly stabler ones are kept where stability is known, and of these the highest Calinski-Harabasz score decides, then the smaller k. A k
 * within 5% to which the gap statistic and the elbow both point goes before these. Nothing is suggested
 * where nothing remains, or where the best silhouette is no substantial structure and the gap statistic
 * finds no groups. Scores that do not decide are told in the reason. At length:
 * docs/decisions/0009-recommended-k.md.
 */
export function recommendK(
  rows: readonly ScoredK[],
  { elbow, gapAtOne = null, treatment = 'as-they-are' }: SweepFindings = {},
): Recommendation {
  const gap = gapVerdict(rows, gapAtOne);
  const judged = judgeAll(rows, gap);
  const useful = judged.filter(({ verdict }) => verdict === 'useful');
  const choice = choose(useful, gap, elbow ?? null);
  if (choice === null) return { k: null, reason: wordNoneUseful(judged, treatment) };
  if (gap.kind === 'no-groups' && widthOf(choice.row) <= NO_STRUCTURE) {
    return { k: null, reason: wordNoGroups(choice.row, treatment) };
  }
  const evidence = { rows: judged, gap, treatment, ...(elbow !== undefined && { elbow }) };
  return { k: choice.row.k, reason: wordChoice(choice, evidence) };
}
