import { quantileOfSorted, summariseColumn } from '../column-summary.ts';
import { UnusableColumnError } from './scaling.ts';

/** What stands in for a missing value; `refuse` allows none. */
export type MissingRule =
  | 'refuse'
  | 'median'
  | 'mean'
  | 'zero'
  | { readonly kind: 'constant'; readonly value: number };

/** The values that are there, rising: NaN is a missing one. */
export function sortPresent(column: Float64Array): Float64Array {
  // Sorting puts NaN last.
  const sorted = column.toSorted();
  let end = sorted.length;
  while (end > 0 && Number.isNaN(sorted[end - 1])) end -= 1;
  return sorted.subarray(0, end);
}

/**
 * The value that replaces what is missing in a column of `rows`, whose values that are there are
 * `present`, rising; or null where nothing may be missing. UnusableColumnError, naming column `index`,
 * if something is missing and the rule refuses that, or if the rule needs values and there are none, or
 * none so close together that they have a mean. RangeError for a constant that is not finite.
 */
export function imputedValue(
  { present, rows, index }: { present: Float64Array; rows: number; index: number },
  rule: MissingRule,
): number | null {
  if (rule === 'zero') return 0;
  if (typeof rule === 'object') {
    if (Number.isFinite(rule.value)) return rule.value;
    throw new RangeError(`What stands in for a missing value must be finite, not ${rule.value}.`);
  }
  if (rule !== 'refuse') {
    if (present.length === 0) {
      throw new UnusableColumnError(index, `has no value at all to take a ${rule} of.`);
    }
    const average =
      rule === 'mean' ? summariseColumn(present).mean : quantileOfSorted(present, 0.5);
    if (Number.isFinite(average)) return average;
    throw new UnusableColumnError(index, `has values too far apart for a ${rule}.`);
  }
  const missing = rows - present.length;
  if (missing === 0) return null;
  const problem = `misses ${missing.toLocaleString('en-US')} of its ${rows.toLocaleString('en-US')} values, and its rule for missing ones is to refuse them.`;
  throw new UnusableColumnError(index, problem);
}
