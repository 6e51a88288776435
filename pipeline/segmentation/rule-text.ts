import type { FeatureInfo } from '../contract/features.ts';
import type { Condition } from '../statistics/explanation/tree-rules.ts';

const MOST_DIGITS = 17;

/** The shortest decimal number that parts a column's values as a threshold does: at most it, or above. */
function shortest(threshold: number, column: Float64Array): string {
  let low = -Infinity;
  let high = Infinity;
  for (const value of column) {
    if (value <= threshold) low = Math.max(low, value);
    else high = Math.min(high, value);
  }
  for (let digits = 1; digits <= MOST_DIGITS; digits += 1) {
    const candidate = Number(threshold.toPrecision(digits));
    if (candidate >= low && candidate < high) return String(candidate);
  }
  return String(threshold);
}

function conditionText(
  { column, above, atMost }: Condition,
  { features, columns, standIns }: RuleColumns,
): string {
  const feature = features[column]?.name ?? '';
  const values = columns[column] ?? new Float64Array();
  const stand = standIns[column] ?? null;
  const name = stand === null ? feature : `coalesce(${feature}, ${stand})`;
  const parts = [
    ...(above === null ? [] : [`${name} > ${shortest(above, values)}`]),
    ...(atMost === null ? [] : [`${name} <= ${shortest(atMost, values)}`]),
  ];
  return parts.join(' and ');
}

interface RuleColumns {
  readonly features: readonly FeatureInfo[];
  readonly columns: readonly Float64Array[];
  /** What stands in for a missing value of each, null where none is missing. */
  readonly standIns: readonly (number | null)[];
}

/** A rule as people read it and as SQL takes it: it holds for exactly the customers that the tree put there. */
export function ruleText(conditions: readonly Condition[], input: RuleColumns): string {
  if (conditions.length === 0) return 'true';
  return conditions.map((condition) => conditionText(condition, input)).join(' and ');
}
