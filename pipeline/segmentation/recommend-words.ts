import type { JudgedK } from './judge-k.ts';
import { type Evidence, wordAgreement } from './score-agreement.ts';
import { type ScoredK, STABLE, WEAK_STRUCTURE } from './scored-k.ts';
import { figure, listed, namedKs, percent, smallest, type Treatment } from './wording.ts';

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

/** Between which values something lies, in words: "0.31", "0.31 to 0.45". */
function span(values: readonly number[]): string {
  const least = figure(Math.min(...values));
  const most = figure(Math.max(...values));
  return least === most ? most : `${least} to ${most}`;
}

/** What speaks against k of one verdict, to be put behind their silhouettes. */
function wordObjection(verdict: JudgedK['verdict'], rows: readonly JudgedK[]): string {
  const [first] = rows;
  const one = rows.length === 1;
  switch (verdict) {
    case 'handful': {
      const least = rows.reduce((a, b) => (b.smallest_share < a.smallest_share ? b : a));
      return one
        ? `but a segment of only ${smallest(least)}`
        : `but each a segment too small, the smallest of ${smallest(least)}`;
    }
    case 'tail':
      return `but only sets ${percent(first?.smallest_share ?? 0)} of the customers apart from all the others`;
    case 'too-few':
      return 'but two segments are too few to act upon unless just two groups stand clearly apart';
    case 'unstable': {
      const indices = rows.map(({ stability }) => stability ?? 0);
      return `but customers drawn anew fall into other segments (adjusted Rand index ${span(indices)})`;
    }
    case 'useful':
    case 'unscored':
      return '';
  }
}

/** Rows that stand side by side and have one verdict. */
function runsOf(rows: readonly JudgedK[]): JudgedK[][] {
  const runs: JudgedK[][] = [];
  for (const row of rows) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (run !== undefined && last?.verdict === row.verdict && last.k + 1 === row.k) run.push(row);
    else runs.push([row]);
  }
  return runs;
}

function wordRun(run: readonly JudgedK[]): string {
  const verb = run.length === 1 ? 'has' : 'have';
  const widths = run.map(({ silhouette }) => silhouette ?? 0);
  const verdict = run[0]?.verdict ?? 'unscored';
  return ` k = ${namedKs(run)} ${verb} ${span(widths)}, ${wordObjection(verdict, run)}.`;
}

const TAIL_ADVICE: Readonly<Record<Treatment, string>> = {
  'as-they-are': ' Amounts as they are make such tails; the log1p transform evens them out.',
  transformed: ' What is left of such tails winsorising cuts off.',
  winsorised: '',
};

/** Why k of higher silhouettes than the chosen one's were passed over. */
function wordPassedOver(rows: readonly JudgedK[], chosen: ScoredK, treatment: Treatment): string {
  const higher = rows.filter(
    (row) => row.verdict !== 'useful' && (row.silhouette ?? -1) > (chosen.silhouette ?? -1),
  );
  const tailed = higher.some(({ verdict }) => verdict === 'handful' || verdict === 'tail');
  return runsOf(higher)
    .map(wordRun)
    .concat(tailed ? TAIL_ADVICE[treatment] : '')
    .join('');
}

/** Why this k, for people who will act on it. */
export function wordChoice(
  choice: Choice,
  evidence: Evidence & { readonly rows: readonly JudgedK[]; readonly treatment: Treatment },
): string {
  const { row } = choice;
  return [
    wordRank(choice),
    wordPassedOver(evidence.rows, row, evidence.treatment),
    wordAgreement(row, evidence),
    ` The smallest segment holds ${smallest(row)}.`,
    wordStability(row),
    wordStructure(row, evidence),
  ].join('');
}
