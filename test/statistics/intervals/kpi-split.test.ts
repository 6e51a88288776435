import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Flow } from '../../../pipeline/statistics/intervals/flow.ts';
import { type KpiSplit, splitChange } from '../../../pipeline/statistics/intervals/kpi-split.ts';

type Split = Extract<KpiSplit, { kind: 'split' }>;

function split(flows: readonly Flow[]): Split {
  const found = splitChange(flows);
  if (found.kind !== 'split') throw new Error(found.kind);
  return found;
}

/** [from, to, customers, money before, orders before, money after, orders after] */
function flow(
  from: string | null,
  to: string | null,
  [customers = 1, ...sums]: readonly number[],
): Flow {
  const [numeratorBefore = 0, denominatorBefore = 0, numeratorAfter = 0, denominatorAfter = 0] =
    sums;
  const dates = { numeratorBefore, denominatorBefore, numeratorAfter, denominatorAfter };
  return { from, to, customers, ...dates };
}

const group = fc.constantFrom('gold', 'silver', 'bronze', null);
const size = fc.integer({ min: 0, max: 90 });
const money = fc.oneof(
  fc.integer({ min: -1e6, max: 1e9 }).map((cents) => cents / 100),
  fc.double({ min: -1e4, max: 1e7, noNaN: true }),
);
const orders = fc.oneof(
  fc.integer({ min: 1, max: 5000 }),
  fc.double({ min: 0.1, max: 1e8, noNaN: true }),
);
const flows = fc.array(
  fc
    .tuple(group, group, size, money, orders, money, orders)
    .filter(([from, to]) => from !== null || to !== null)
    .map(([from, to, customers, ...sums]) =>
      flow(from, to, [
        customers,
        ...sums.map((sum, index) => ((index < 2 ? from : to) === null ? 0 : sum)),
      ]),
    ),
  { minLength: 1, maxLength: 14 },
);

/** The other way through time. */
function swap({ from, to, customers, ...sums }: Flow): Flow {
  return {
    from: to,
    to: from,
    customers,
    numeratorBefore: sums.numeratorAfter,
    denominatorBefore: sums.denominatorAfter,
    numeratorAfter: sums.numeratorBefore,
    denominatorAfter: sums.denominatorBefore,
  };
}

function termsOf({ groups }: Split): number[] {
  return groups.flatMap(({ mix, rate, movedIn, movedOut, arrived, departed }) => [
    mix,
    rate,
    movedIn,
    movedOut,
    arrived,
    departed,
  ]);
}

describe('the split of a KPI', () => {
  test('tells an example that can be followed by hand', () => {
    // Stayers: gold 100 -> 110 a unit, silver 20 -> 20; their weights 1/2 and 1/2, then 2/5 and 3/5.
    const found = split([
      flow('gold', 'gold', [4, 400, 4, 440, 4]),
      flow('silver', 'silver', [4, 80, 4, 120, 6]),
      flow('silver', 'gold', [2, 40, 2, 200, 2]),
      flow(null, 'silver', [4, 0, 0, 40, 4]),
    ]);
    // R: 520/10 = 52 -> 800/16 = 50. Stayers: 60 -> 56, mean 58, weight (8/10 + 10/16)/2 = 0.7125.
    expect(found).toMatchObject({ kind: 'split', before: 52, after: 50, change: -2 });
    expect(found.customers).toEqual({ stayed: 8, moved: 2, arrived: 4, departed: 0 });
    expect(found.rate).toBeCloseTo(0.7125 * 0.45 * 10, 12);
    expect(found.mix).toBeCloseTo(0.7125 * (-0.1 * (105 - 58) + 0.1 * (20 - 58)), 12);
    expect(found.moved).toBeCloseTo((200 - 58 * 2) / 16 - (40 - 58 * 2) / 10, 12);
    expect(found.arrived).toBeCloseTo((40 - 58 * 4) / 16, 12);
    expect(found.departed).toBe(0);
    expect(found.groups.map(({ group }) => group)).toEqual(['gold', 'silver']);
    expect(found.groups[1]?.movedOut).toBeCloseTo((58 * 2 - 40) / 10, 12);
  });

  test('blames newcomers alone where only newcomers changed anything', () => {
    const found = split([
      flow('gold', 'gold', [3, 100, 10, 100, 10]),
      flow('silver', 'silver', [3, 40, 10, 40, 10]),
      flow(null, 'silver', [9, 0, 0, 20, 20]),
    ]);
    expect(found).toMatchObject({ before: 7, after: 4, rate: 0, mix: 0, moved: 0, arrived: -3 });
  });

  test('adds up bit for bit, in every grouping, and moves the values shown by rounding only', () => {
    fc.assert(
      fc.property(flows, (given) => {
        const result = splitChange(given);
        if (result.kind === 'no-value') return;
        const { before, after, change, mix, rate, migration, moved, arrived, departed } = result;
        expect(mix + rate + migration).toBe(change);
        expect(migration + (rate + mix)).toBe(change);
        expect(before + mix + rate + migration).toBe(after);
        expect(after - before).toBe(change);
        expect(moved + arrived + departed).toBe(migration);
        const terms = termsOf(result);
        expect(terms.reduce((sum, term) => sum + term, 0)).toBe(change);
        expect(terms.toReversed().reduce((sum, term) => sum + term, 0)).toBe(change);
        const total = (name: keyof Flow): number =>
          given.reduce((sum, of) => sum + Number(of[name]), 0);
        const scale = terms.reduce((sum, term) => sum + Math.abs(term), 0) + Math.abs(before);
        const tolerance = scale * 2e-15;
        const truth = [
          [before, total('numeratorBefore') / total('denominatorBefore')],
          [after, total('numeratorAfter') / total('denominatorAfter')],
        ];
        for (const [found = 0, expected = 0] of truth) {
          expect(Math.abs(found - expected)).toBeLessThanOrEqual(
            tolerance + Math.abs(after) * 1e-15,
          );
        }
      }),
      { seed: 7, numRuns: 2000 },
    );
  });

  test('takes the other sign when the dates are swapped', () => {
    fc.assert(
      fc.property(flows, (given) => {
        const result = splitChange(given);
        if (result.kind === 'no-value') return;
        const back = split(given.map(swap));
        const tolerance = 1e-9 * (1 + termsOf(result).reduce((sum, x) => sum + Math.abs(x), 0));
        const pairs = [
          [result.change, back.change],
          [result.mix, back.mix],
          [result.rate, back.rate],
          [result.moved, back.moved],
          [result.arrived, back.departed],
          [result.departed, back.arrived],
        ];
        for (const [there = 0, home = 0] of pairs) {
          expect(Math.abs(there + home)).toBeLessThanOrEqual(tolerance);
        }
      }),
      { seed: 8, numRuns: 1000 },
    );
  });

  test('is zero in every term when nothing changes, and in rate and mix when stayers do not', () => {
    fc.assert(
      fc.property(flows, (given) => {
        const still = given
          .filter(({ from, to }) => from !== null && from === to)
          .map((of) => ({
            ...of,
            numeratorAfter: of.numeratorBefore,
            denominatorAfter: of.denominatorBefore,
          }));
        fc.pre(still.length > 0);
        const unchanged = split(still);
        expect(new Set([...termsOf(unchanged), unchanged.change])).toEqual(new Set([0]));
        const joined = splitChange([...still, ...given.filter(({ from, to }) => from !== to)]);
        if (joined.kind === 'no-value') return;
        const noise = 1e-12 * (Math.abs(joined.before) + Math.abs(joined.after));
        expect(Math.abs(joined.rate) + Math.abs(joined.mix)).toBeLessThanOrEqual(noise);
      }),
      { seed: 9, numRuns: 500 },
    );
  });

  test('works where nobody stayed, and where a group of stayers had no weight before', () => {
    expect(
      split([flow('gold', 'silver', [2, 10, 2, 12, 2]), flow('silver', null, [1, 3, 1])]),
    ).toMatchObject({ mix: 0, rate: 0, migration: expect.closeTo(6 - 13 / 3, 12) });
    const { mix, rate, change } = split([
      flow('gold', 'gold', [2, 10, 2, 10, 2]),
      flow('silver', 'silver', [2, 0, 0, 4, 2]),
    ]);
    expect({ mix, rate, change }).toEqual({ mix: -1.5, rate: 0, change: -1.5 });
  });

  test('has no value over nothing, and refuses flows that make no sense', () => {
    expect(splitChange([])).toEqual({ kind: 'no-value', at: 'before' });
    const left = flow('gold', null, [1, 5, 1]);
    expect(splitChange([left])).toEqual({ kind: 'no-value', at: 'after' });
    expect(() => splitChange([flow(null, null, [1])])).toThrow('goes from a group or to one');
    expect(() => splitChange([{ ...left, denominatorAfter: 1 }])).toThrow(
      'A flow from gold to null has sums of a date it misses.',
    );
    expect(() => splitChange([{ ...left, numeratorBefore: Number.NaN }])).toThrow(
      'The numeratorBefore from gold to null is NaN.',
    );
    expect(() => splitChange([{ ...left, customers: 0.5 }])).toThrow('not 0.5.');
  });
});
