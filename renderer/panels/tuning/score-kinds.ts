import type { SweepRow } from '../../../pipeline/contract/segmentation.ts';
import { tickLabel } from '../../charts/linear-ticks.ts';
import { formatCount, formatNumber } from '../../ui/format.ts';

type Field =
  | 'inertia'
  | 'silhouette'
  | 'calinski_harabasz'
  | 'davies_bouldin'
  | 'gap'
  | 'stability'
  | 'smallest_share';

export interface ScoreKind {
  readonly field: Field;
  readonly title: string;
  readonly definition: string;
  /** Which k it speaks for: the elbow, the highest, the lowest, Tibshirani's rule, or none. */
  readonly speaksFor: 'elbow' | 'highest' | 'lowest' | 'gap-rule' | 'none';
  readonly error: 'gap_se' | null;
  /** Drawn across the chart: what to look for. */
  readonly bar: number | null;
  /** Where the axis begins; null lets it begin near the least value. */
  readonly floor: number | null;
  /** The switch that computes it, where it is not computed always. */
  readonly asked: 'Gap statistic' | 'Stability' | null;
  readonly format: (value: number) => string;
  readonly tick: (value: number) => string;
}

const short = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 4 });
const places = (value: number): string => value.toFixed(3).replace('-', '\u2212');

/** `81.4`, `5,046`, `166.9K`. */
export function largeScore(value: number): string {
  if (value < 100) return value.toFixed(1);
  return value < 100_000 ? formatCount(value) : short.format(value);
}

const usual = { error: null, bar: null, floor: null, asked: null, tick: tickLabel };

export const scoreKinds: readonly ScoreKind[] = [
  {
    ...usual,
    field: 'silhouette',
    title: 'Silhouette',
    definition:
      'How much nearer customers are to their own segment than to the next one, from −1 to 1. Higher is better.',
    speaksFor: 'highest',
    format: places,
  },
  {
    ...usual,
    field: 'inertia',
    title: 'Inertia',
    definition:
      'Squared distances to the own centre, summed. It falls with every k; at the elbow it stops falling fast.',
    speaksFor: 'elbow',
    format: largeScore,
  },
  {
    ...usual,
    field: 'calinski_harabasz',
    title: 'Calinski-Harabasz',
    definition:
      'Variance between segments over variance within them, each by its degrees of freedom. Higher is better.',
    speaksFor: 'highest',
    format: largeScore,
  },
  {
    ...usual,
    field: 'davies_bouldin',
    title: 'Davies-Bouldin',
    definition: 'How far each segment runs into the one most like it, on average. Lower is better.',
    speaksFor: 'lowest',
    format: places,
  },
  {
    ...usual,
    field: 'smallest_share',
    title: 'Smallest segment',
    definition:
      'Its share of all customers. Below 1%, the broken line, it is a handful rather than a segment.',
    speaksFor: 'none',
    bar: 0.01,
    floor: 0,
    format: (value) => formatNumber(value, 'percent'),
    tick: (value) => `${tickLabel(value * 100)}%`,
  },
  {
    ...usual,
    field: 'gap',
    title: 'Gap statistic',
    definition:
      'How much tighter segments are than in data without groups, in logarithms, with one standard error. Higher is better.',
    speaksFor: 'gap-rule',
    error: 'gap_se',
    asked: 'Gap statistic',
    format: places,
  },
  {
    ...usual,
    field: 'stability',
    title: 'Stability',
    definition:
      'How alike segmentations of resampled customers are (adjusted Rand index): 1 is always the same, 0 is chance.',
    speaksFor: 'highest',
    asked: 'Stability',
    format: places,
  },
];

function extreme(rows: readonly SweepRow[], field: Field, sign: 1 | -1): number | null {
  let best: { k: number; value: number } | null = null;
  for (const row of rows) {
    const value = row[field];
    if (value === null) continue;
    if (best === null || sign * value > sign * best.value) best = { k: row.k, value };
  }
  return best?.k ?? null;
}

/** The smallest k whose gap reaches the next one's less its standard error: Tibshirani, Walther and Hastie (2001). */
function gapRule(rows: readonly SweepRow[]): number | null {
  for (const [at, row] of rows.entries()) {
    const next = rows[at + 1];
    if (next === undefined || row.gap === null || next.gap === null) continue;
    if (row.gap >= next.gap - (next.gap_se ?? 0)) return row.k;
  }
  return null;
}

/** The k that a score alone would choose; null where it has no say. */
export function spokenFor(
  kind: ScoreKind,
  rows: readonly SweepRow[],
  elbow: number | null,
): number | null {
  switch (kind.speaksFor) {
    case 'elbow':
      return elbow;
    case 'highest':
      return extreme(rows, kind.field, 1);
    case 'lowest':
      return extreme(rows, kind.field, -1);
    case 'gap-rule':
      return gapRule(rows);
    case 'none':
      return null;
  }
}
