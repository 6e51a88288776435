import type { GapVerdict } from './gap-verdict.ts';
import type { ScoredK } from './scored-k.ts';
import { figure, listed } from './wording.ts';

/** What a sweep's other scores say, to be held against the chosen k. */
export interface Evidence {
  /** All of them: a score that is best at a k that cannot be recommended does not agree with another. */
  readonly rows: readonly ScoredK[];
  readonly gap: GapVerdict;
  readonly elbow?: number | null;
}

/** One score's own choice; `figure` is its value there and `here` that of the k recommended. */
interface Vote {
  readonly name: string;
  readonly k: number;
  readonly figure: string | null;
  readonly here: string | null;
}

function bestBy(
  { rows }: Evidence,
  chosen: ScoredK,
  score: { name: string; of: (row: ScoredK) => number | null; sign: 1 | -1 },
): Vote[] {
  const known = rows.flatMap((row) => {
    const value = score.of(row);
    return value === null ? [] : [{ k: row.k, value }];
  });
  const [best] = known.toSorted((a, b) => (b.value - a.value) * score.sign || a.k - b.k);
  const own = score.of(chosen);
  if (best === undefined || known.length < 2) return [];
  const here = own === null ? null : figure(own);
  return [{ name: score.name, k: best.k, figure: figure(best.value), here }];
}

function votesOf(evidence: Evidence, chosen: ScoredK): Vote[] {
  const { gap, elbow = null } = evidence;
  const votes = [
    ...bestBy(evidence, chosen, {
      name: 'Calinski-Harabasz',
      of: (row) => row.calinski_harabasz,
      sign: 1,
    }),
    ...bestBy(evidence, chosen, {
      name: 'Davies-Bouldin',
      of: (row) => row.davies_bouldin,
      sign: -1,
    }),
  ];
  if (gap.kind === 'points') {
    const { gap: own = null } = chosen;
    const here = own === null ? null : figure(own);
    votes.push({ name: 'the gap statistic', k: gap.k, figure: figure(gap.gap), here });
  }
  if (elbow !== null) {
    votes.push({ name: 'the elbow of the inertia', k: elbow, figure: null, here: null });
  }
  return votes;
}

function wordVote({ name, k, figure: there, here }: Vote): string {
  const figures = there === null ? '' : ` (${there}${here === null ? '' : `, here ${here}`})`;
  return `${name} points to k = ${k}${figures}`;
}

function sentence(words: string): string {
  return ` ${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

/** Which other scores have their best at the chosen k too, and where the rest have it. */
export function wordAgreement(chosen: ScoredK, evidence: Evidence): string {
  const votes = votesOf(evidence, chosen);
  const same = votes.filter(({ k }) => k === chosen.k);
  const others = votes.filter(({ k }) => k !== chosen.k);
  const agreeing = same.map(
    (vote) => vote.name + (vote.figure === null ? '' : ` (${vote.figure})`),
  );
  const silent = [
    ...(evidence.gap.kind === 'open' ? ['the gap statistic still rises at the largest k'] : []),
    ...(evidence.elbow === null ? ['the inertia has no elbow'] : []),
  ];
  return [
    agreeing.length > 0 &&
      sentence(`${listed(agreeing)} ${agreeing.length > 1 ? 'agree' : 'agrees'}`),
    others.length > 0 && sentence(listed(others.map(wordVote))),
    silent.length > 0 && sentence(listed(silent)),
  ]
    .filter((part) => part !== false)
    .join('');
}
