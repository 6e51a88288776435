import { type Dates, type Flow, type Group, movementOf, type Sums, sumFlows } from './flow.ts';

// With N and D the sums of numerators and denominators at a date, the KPI is R = N / D. Stayers are
// the customers in one group at both dates; R_S is their ratio, W their share of D, r_g the ratio of
// those of group g and v_g their share of the stayers' D. A bar is the mean of the two dates and d
// the change from the first to the second:
//
//   rate      = sum over g of  bar W * bar v_g * d r_g
//   mix       = sum over g of  bar W * d v_g * (bar r_g - bar R_S)
//   migration = sum over everyone else of  d (w (r - bar R_S)),  w their share of D
//
// Rate and mix are together bar W * d R_S; since all shares add up to 1, migration is the rest of
// d R. Who joins or leaves counts by how far he is from the stayers, and nobody's mix changes for
// it. Without stayers at both dates R takes the place of R_S. docs/decisions/0010-kpi-split.md has
// an example.

export const KINDS = ['mix', 'rate', 'movedIn', 'movedOut', 'arrived', 'departed'] as const;
export type Terms = Record<(typeof KINDS)[number], number>;

interface Base {
  /** Those whose mean ratio is the reference: the stayers, or all where nobody stayed. */
  readonly within: Dates;
  readonly reference: number;
  /** Their share of the whole, mean of the two dates. */
  readonly weight: number;
}

export function ratioOf({ numerator, denominator }: Sums): number {
  return numerator / denominator;
}

function mean(a: number, b: number): number {
  return a / 2 + b / 2;
}

/** How far a part lifts the ratio of a whole above a reference: w (r - reference). */
function lift(part: Sums, reference: number, whole: Sums): number {
  return (part.numerator - reference * part.denominator) / whole.denominator;
}

function findBase(stayers: Dates, whole: Dates): Base {
  const comparable = stayers.before.denominator !== 0 && stayers.after.denominator !== 0;
  const within = comparable ? stayers : whole;
  return {
    within,
    reference: mean(ratioOf(within.before), ratioOf(within.after)),
    weight: mean(
      within.before.denominator / whole.before.denominator,
      within.after.denominator / whole.after.denominator,
    ),
  };
}

/** A group that has no weight at one of the dates has no ratio there: all its change is mix. */
function splitStayers({ before, after }: Dates, base: Base): Pick<Terms, 'mix' | 'rate'> {
  const { within, reference, weight } = base;
  if (before.denominator === 0 || after.denominator === 0) {
    const change = lift(after, reference, within.after) - lift(before, reference, within.before);
    return { mix: weight * change, rate: 0 };
  }
  const share = before.denominator / within.before.denominator;
  const shareAfter = after.denominator / within.after.denominator;
  const aboveReference = mean(ratioOf(before) - reference, ratioOf(after) - reference);
  return {
    mix: weight * (shareAfter - share) * aboveReference,
    rate: weight * mean(share, shareAfter) * (ratioOf(after) - ratioOf(before)),
  };
}

/**
 * The terms of every group, in the order in which the flows first name them. They add up but for
 * rounding.
 */
export function groupTerms(flows: readonly Flow[], whole: Dates): Map<Group, Terms> {
  const stayers = flows.filter((flow) => movementOf(flow) === 'stayed');
  const base = findBase(sumFlows(stayers), whole);
  const terms = new Map<Group, Terms>();
  for (const group of flows.flatMap(({ from, to }) => [from, to])) {
    if (group === null || terms.has(group)) continue;
    const own = splitStayers(sumFlows(stayers.filter(({ to }) => to === group)), base);
    terms.set(group, { ...own, movedIn: 0, movedOut: 0, arrived: 0, departed: 0 });
  }
  for (const flow of flows) {
    const movement = movementOf(flow);
    if (movement === 'stayed') continue;
    const { before, after } = sumFlows([flow]);
    const left = flow.from === null ? undefined : terms.get(flow.from);
    const joined = flow.to === null ? undefined : terms.get(flow.to);
    const [out, into] =
      movement === 'moved'
        ? (['movedOut', 'movedIn'] as const)
        : (['departed', 'arrived'] as const);
    if (left) left[out] -= lift(before, base.reference, whole.before);
    if (joined) joined[into] += lift(after, base.reference, whole.after);
  }
  return terms;
}
