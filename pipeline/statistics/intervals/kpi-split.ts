import { makeExact } from './exact-terms.ts';
import { checkFlow, type Flow, type Group, type Movement, movementOf, sumFlows } from './flow.ts';
import { groupTerms, KINDS, ratioOf, type Terms } from './group-terms.ts';

/** What a group adds to the change of the whole: all its terms together. */
export type GroupSplit = { readonly group: Group } & Readonly<Terms>;

export type KpiSplit =
  | {
      readonly kind: 'split';
      readonly before: number;
      readonly after: number;
      /** `after - before`, `mix + rate + migration` and the terms of all groups, bit for bit. */
      readonly change: number;
      readonly mix: number;
      readonly rate: number;
      /** `moved + arrived + departed`. */
      readonly migration: number;
      readonly moved: number;
      readonly arrived: number;
      readonly departed: number;
      readonly customers: Readonly<Record<Movement, number>>;
      /** In the order in which the flows first name them. */
      readonly groups: readonly GroupSplit[];
    }
  | { readonly kind: 'no-value'; readonly at: 'before' | 'after' };

function countCustomers(flows: readonly Flow[]): Record<Movement, number> {
  const counts = { stayed: 0, moved: 0, arrived: 0, departed: 0 };
  for (const flow of flows) counts[movementOf(flow)] += flow.customers;
  return counts;
}

/**
 * Splits the change of a ratio of sums over customers between two dates into mix, rate and
 * migration, by the formula in group-terms.ts: everything at the midpoint of the dates (Marshall
 * and Edgeworth), so that no factor goes first, and dates swapped give the terms with the other
 * sign (arrivals are then departures). All numbers are rounded to one binary step of 2^-50 of their
 * size, so that they add up exactly. No value where the denominators of a date add up to 0.
 * RangeError for flows that make no sense.
 */
export function splitChange(flows: readonly Flow[]): KpiSplit {
  for (const flow of flows) checkFlow(flow);
  const whole = sumFlows(flows);
  if (whole.before.denominator === 0) return { kind: 'no-value', at: 'before' };
  if (whole.after.denominator === 0) return { kind: 'no-value', at: 'after' };
  const found = [...groupTerms(flows, whole)];
  const { before, after, terms } = makeExact({
    before: ratioOf(whole.before),
    after: ratioOf(whole.after),
    terms: Float64Array.from(found.flatMap(([, of]) => KINDS.map((kind) => of[kind]))),
  });
  const groups = found.map(([group], index): GroupSplit => {
    const own = terms.subarray(index * KINDS.length);
    const [mix = 0, rate = 0, movedIn = 0, movedOut = 0, arrived = 0, departed = 0] = own;
    return { group, mix, rate, movedIn, movedOut, arrived, departed };
  });
  const total = (kind: keyof Terms): number => groups.reduce((sum, of) => sum + of[kind], 0);
  const moved = total('movedIn') + total('movedOut');
  const arrived = total('arrived');
  const departed = total('departed');
  return {
    kind: 'split',
    before,
    after,
    change: after - before,
    mix: total('mix'),
    rate: total('rate'),
    migration: moved + arrived + departed,
    moved,
    arrived,
    departed,
    customers: countCustomers(flows),
    groups,
  };
}
