export type Group = string | number;

/**
 * Some customers, by where they were and where they are, with sums of theirs: of money and orders,
 * say.
 */
export interface Flow {
  /** Null for customers who were not there before: their sums before are 0. */
  readonly from: Group | null;
  /** Null for customers who are there no more: their sums after are 0. */
  readonly to: Group | null;
  readonly customers: number;
  readonly numeratorBefore: number;
  readonly denominatorBefore: number;
  readonly numeratorAfter: number;
  readonly denominatorAfter: number;
}

export interface Sums {
  readonly numerator: number;
  readonly denominator: number;
}

/** The sums of some customers at the two dates. */
export interface Dates {
  readonly before: Sums;
  readonly after: Sums;
}

export type Movement = 'stayed' | 'moved' | 'arrived' | 'departed';

export function movementOf({ from, to }: Flow): Movement {
  if (from === null) return 'arrived';
  if (to === null) return 'departed';
  return from === to ? 'stayed' : 'moved';
}

export function sumFlows(flows: readonly Flow[]): Dates {
  const before = { numerator: 0, denominator: 0 };
  const after = { numerator: 0, denominator: 0 };
  for (const flow of flows) {
    before.numerator += flow.numeratorBefore;
    before.denominator += flow.denominatorBefore;
    after.numerator += flow.numeratorAfter;
    after.denominator += flow.denominatorAfter;
  }
  return { before, after };
}

/**
 * RangeError for a flow from nowhere to nowhere, for what is no number, and for sums of the absent.
 */
export function checkFlow({ from, to, customers, ...sums }: Flow): void {
  if (from === null && to === null) throw new RangeError('A flow goes from a group or to one.');
  if (!Number.isSafeInteger(customers) || customers < 0) {
    throw new RangeError(`A number of customers is a whole number from 0, not ${customers}.`);
  }
  for (const [name, sum] of Object.entries(sums)) {
    if (!Number.isFinite(sum)) throw new RangeError(`The ${name} from ${from} to ${to} is ${sum}.`);
  }
  const absent =
    (from === null && (sums.numeratorBefore !== 0 || sums.denominatorBefore !== 0)) ||
    (to === null && (sums.numeratorAfter !== 0 || sums.denominatorAfter !== 0));
  if (absent) throw new RangeError(`A flow from ${from} to ${to} has sums of a date it misses.`);
}
