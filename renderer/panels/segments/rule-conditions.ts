import type { FeatureInfo } from '../../../pipeline/contract/features.ts';

/** More than `above`, at most `atMost`; null where that side is open. */
interface RuleCondition {
  readonly feature: string;
  readonly above: number | null;
  readonly atMost: number | null;
}

const part = /^(\S+) (<=|>) (-?[\d.]+(?:e[+-]?\d+)?)$/i;

function side(text: string): RuleCondition | null {
  const [, feature = '', sign, bound] = part.exec(text) ?? [];
  if (feature === '') return null;
  const value = Number(bound);
  if (Number.isNaN(value)) return null;
  return sign === '>'
    ? { feature, above: value, atMost: null }
    : { feature, above: null, atMost: value };
}

/** The conditions of a rule such as "recency_days <= 41.5 and monetary > 930", one a feature; null if it is written otherwise. */
export function ruleConditions(when: string): readonly RuleCondition[] | null {
  if (when === 'true') return [];
  const found = new Map<string, RuleCondition>();
  for (const text of when.split(' and ')) {
    const next = side(text);
    if (next === null) return null;
    const known = found.get(next.feature);
    found.set(next.feature, {
      feature: next.feature,
      above: next.above ?? known?.above ?? null,
      atMost: next.atMost ?? known?.atMost ?? null,
    });
  }
  return [...found.values()];
}

const figure = new Intl.NumberFormat('en', { maximumSignificantDigits: 4 });
const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 });

function bound(value: number, unit: FeatureInfo['unit']): string {
  return (unit === 'share' ? percent : figure).format(value).replace('-', '\u2212');
}

/** A condition as a person reads it: `41.5 < Recency ≤ 90 days`. */
export function conditionWords(
  { above, atMost }: RuleCondition,
  label: string,
  unit: FeatureInfo['unit'],
): string {
  const after = unit === 'days' ? ' days' : '';
  const low = above === null ? null : bound(above, unit);
  const high = atMost === null ? null : bound(atMost, unit);
  if (low !== null && high !== null) return `${low} < ${label} ≤ ${high}${after}`;
  return low === null ? `${label} ≤ ${high ?? ''}${after}` : `${label} > ${low}${after}`;
}
