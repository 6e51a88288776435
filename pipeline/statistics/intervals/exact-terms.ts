export interface ExactTerms {
  readonly before: number;
  readonly after: number;
  readonly terms: Float64Array;
}

function roundTo(quantum: number, value: number): number {
  // Half away from 0, so that a value and its negative round alike; + 0 makes -0 to 0.
  return Math.sign(value) * Math.floor(Math.abs(value) / quantum + 0.5) * quantum + 0;
}

/**
 * Makes terms add up from `before` to `after` bit for bit, in whatever order and grouping they are
 * added. All become multiples of one power of two, 2^-50 of the sum of all sizes or finer, of which
 * Float64 adds up to 2^53 without rounding; what then is missing, some few such steps, goes to
 * the largest term (the first of equal ones). RangeError where that sum is beyond Float64.
 */
export function makeExact({ before, after, terms }: ExactTerms): ExactTerms {
  const sizes = terms.reduce((sum, term) => sum + Math.abs(term), 0);
  const scale = sizes + Math.abs(before) + Math.abs(after);
  if (!Number.isFinite(scale))
    throw new RangeError('The terms of the change are too large to add.');
  if (scale === 0) return { before: 0, after: 0, terms: new Float64Array(terms.length) };
  const quantum = 2 ** Math.max(-1074, Math.floor(Math.log2(scale)) - 50);
  const rounded = terms.map((term) => roundTo(quantum, term));
  const [first, last] = [roundTo(quantum, before), roundTo(quantum, after)];
  let largest = 0;
  let missing = last - first;
  for (const [index, term] of rounded.entries()) {
    missing -= term;
    if (Math.abs(term) > Math.abs(rounded[largest] ?? 0)) largest = index;
  }
  rounded[largest] = (rounded[largest] ?? 0) + missing;
  return { before: first, after: last, terms: rounded };
}
