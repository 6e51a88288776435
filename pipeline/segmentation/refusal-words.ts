import { type JudgedK, SMALLEST_SIZE, type Verdict } from './judge-k.ts';
import type { ScoredK } from './scored-k.ts';
import { figure, namedKs, percent, type Treatment } from './wording.ts';

const ADVICE: Readonly<Record<Treatment, string>> = {
  'as-they-are': 'Try the log1p transform, other features or other k.',
  transformed: 'Try other features, winsorising or other k.',
  winsorised: 'Try other features or other k.',
};

/** What speaks against the rows of one verdict. */
function wordAll(verdict: Verdict, rows: readonly ScoredK[]): string {
  const s = rows.length === 1 ? 's' : '';
  const [first] = rows;
  switch (verdict) {
    case 'handful': {
      const least = Math.min(...rows.map((row) => row.smallest_share));
      return `leave${s} a segment below 1% of the customers or of fewer than ${SMALLEST_SIZE} (the smallest holds ${percent(least)})`;
    }
    case 'tail':
      return `only set${s} ${percent(first?.smallest_share ?? 0)} of the customers apart from all the others (silhouette ${figure(first?.silhouette ?? 0)})`;
    case 'too-few':
      return `make${s} two segments, too few unless just two groups stand clearly apart (silhouette ${figure(first?.silhouette ?? 0)})`;
    case 'unstable': {
      const best = Math.max(...rows.map(({ stability }) => stability ?? 0));
      return `give${s} other segments when customers are drawn anew (adjusted Rand index ${figure(best)} at most)`;
    }
    case 'unscored':
      return s === '' ? 'have no silhouette' : 'has no silhouette';
    case 'useful':
      return '';
  }
}

/** Why no k of a sweep can be recommended, by what speaks against each. */
export function wordNoneUseful(rows: readonly JudgedK[], treatment: Treatment): string {
  if (rows.every(({ k }) => k < 2))
    return 'No k is to be recommended: the sweep has none from 2 on.';
  const against = Map.groupBy(
    rows.filter(({ k }) => k > 1),
    ({ verdict }) => verdict,
  );
  const clauses = [...against].map(
    ([verdict, its]) => `k = ${namedKs(its)} ${wordAll(verdict, its)}`,
  );
  return `No k is to be recommended: ${clauses.join('; ')}. ${ADVICE[treatment]}`;
}

/** Why not even the best k is recommended. */
export function wordNoGroups({ k, silhouette }: ScoredK, treatment: Treatment): string {
  return `No k is to be recommended: the best silhouette is only ${figure(silhouette ?? 0)} (k = ${k}), and the gap statistic finds no more groups than evenly spread customers have. ${ADVICE[treatment]}`;
}
