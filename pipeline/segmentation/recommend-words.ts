import type { JudgedK } from './judge-k.ts';
import { type Evidence, wordAgreement } from './score-agreement.ts';
import { type ScoredK, STABLE, WEAK_STRUCTURE } from './scored-k.ts';
import { figure, listed, percent, smallest } from './wording.ts';

/** A k and what decided for it. */
export type Choice =
  | { readonly by: 'silhouette'; readonly row: ScoredK }
  | {
      readonly by: 'stability' | 'calinski-harabasz';
      readonly row: ScoredK;
      /** Those whose silhouettes are as good as the best, the chosen one among them. */
      readonly equal: readonly ScoredK[];
    }
  | { readonly by: 'gap-and-elbow'; readonly row: ScoredK; readonly best: ScoredK };

function widthOf({ silhouette }: ScoredK): string {
  return figure(silhouette ?? 0);
}

function wordRank(choice: Choice): string {
  const { k, calinski_harabasz, stability } = choice.row;
  const silhouette = `The silhouette of k = ${k} (${widthOf(choice.row)})`;
  const equals = (rows: readonly ScoredK[]): string =>
    `The silhouettes of k = ${listed(rows.map((row) => row.k))} are the best that can be acted upon, within 2% of each other; of these k = ${k} (${widthOf(choice.row)})`;
  switch (choice.by) {
    case 'silhouette':
      return `${silhouette} is the best of the segmentations that can be acted upon.`;
    case 'stability':
      return `${equals(choice.equal)} comes back most surely when customers are drawn anew (adjusted Rand index ${figure(stability ?? 0)}).`;
    case 'calinski-harabasz':
      return `${equals(choice.equal)} has the highest Calinski-Harabasz score (${calinski_harabasz === null ? 'none' : figure(calinski_harabasz)}).`;
    case 'gap-and-elbow':
      return `${silhouette} is within 5% of the best that can be acted upon (${widthOf(choice.best)} at k = ${choice.best.k}), and both the gap statistic and the elbow of the inertia point to it.`;
  }
}

function wordStability({ stability = null }: ScoredK): string {
  if (stability === null) return '';
  const index = `(adjusted Rand index ${figure(stability)})`;
  return stability >= STABLE
    ? ` Customers drawn anew fall into nearly the same segments ${index}.`
    : ` Customers drawn anew fall only roughly into the same segments ${index}: their borders are uncertain.`;
}

function wordStructure({ silhouette }: ScoredK, { gap }: Evidence): string {
  if (gap.kind === 'no-groups') {
    return ' The structure is weak: the gap statistic finds no more groups than evenly spread customers have, so the segments cut up a continuum.';
  }
  const weak = (silhouette ?? 0) <= WEAK_STRUCTURE;
  return weak ? ' A silhouette up to 0.5 is weak structure: the segments overlap.' : '';
}

/** What speaks against one k, to be put behind its silhouette. */
function wordObjection(row: JudgedK): string {
  switch (row.verdict) {
    case 'handful':
      return `but a segment of only ${smallest(row)}`;
    case 'tail':
      return `but only sets ${percent(row.smallest_share)} of the customers apart from all the others`;
    case 'too-few':
      return 'but two segments are too few to act upon unless just two groups stand clearly apart';
    case 'unstable':
      return `but customers drawn anew fall into other segments (adjusted Rand index ${figure(row.stability ?? 0)})`;
    case 'useful':
    case 'unscored':
      return '';
  }
}

/** Why k of higher silhouettes than the chosen one's were passed over. */
function wordPassedOver(rows: readonly JudgedK[], chosen: ScoredK): string {
  const higher = rows.filter(
    (row) => row.verdict !== 'useful' && (row.silhouette ?? -1) > (chosen.silhouette ?? -1),
  );
  const tailed = higher.some(({ verdict }) => verdict === 'handful' || verdict === 'tail');
  const advice = ' Amounts as they are make such tails; the log1p transform evens them out.';
  return higher
    .map((row) => ` k = ${row.k} has ${figure(row.silhouette ?? 0)}, ${wordObjection(row)}.`)
    .concat(tailed ? advice : '')
    .join('');
}

/** Why this k, for people who will act on it. */
export function wordChoice(
  choice: Choice,
  evidence: Evidence & { readonly rows: readonly JudgedK[] },
): string {
  const { row } = choice;
  return [
    wordRank(choice),
    wordPassedOver(evidence.rows, row),
    wordAgreement(row, evidence),
    ` The smallest segment holds ${smallest(row)}.`,
    wordStability(row),
    wordStructure(row, evidence),
  ].join('');
}
