import { quantileOfSorted, summariseColumn } from '../column-summary.ts';
import { UnusableColumnError } from './scaling.ts';

/** What stands in for a missing value; `refuse` allows none. */
export type MissingRule =
  | 'refuse'
  | 'median'
  | 'mean'
  | 'zero'
  | { readonly kind: 'constant'; readonly value: number };

/** The values that are there, in their order: NaN is a missing one. */
export function presentValues(column: Float64Array): Float64Array {
  return column.filter((value) => !Number.isNaN(value));
}

function average(present: Float64Array, rule: 'median' | 'mean'): number {
  return rule === 'mean'
    ? summariseColumn(present).mean
    : quantileOfSorted(present.toSorted(), 0.5);
}

/**
 * The value that replaces what is missing (NaN) in a column, or null where nothing may be missing.
 * UnusableColumnError, naming column `index`, if something is missing and the rule refuses that, or
 * if the rule needs values and there are none. RangeError for a constant that is not finite.
 */
export function imputedValue(
  column: Float64Array,
  rule: MissingRule,
  index: number,
): number | null {
  if (rule === 'zero') return 0;
  if (typeof rule === 'object') {
    if (Number.isFinite(rule.value)) return rule.value;
    throw new RangeError(`What stands in for a missing value must be finite, not ${rule.value}.`);
  }
  const present = presentValues(column);
  if (rule !== 'refuse') {
    if (present.length > 0) return average(present, rule);
    throw new UnusableColumnError(index, `has no value at all to take a ${rule} of.`);
  }
  const missing = column.length - present.length;
  if (missing === 0) return null;
  const problem = `misses ${missing} of its ${column.length} values, and its rule refuses that.`;
  throw new UnusableColumnError(index, problem);
}
