import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assignNearest } from '../../../pipeline/statistics/clustering/assign.ts';
import type { MovableColumn } from '../../../pipeline/statistics/explanation/movable-column.ts';
import {
  type ChangeAnswer,
  type ChangeRequest,
  smallestChanges,
} from '../../../pipeline/statistics/explanation/smallest-change.ts';
import { matrixFromRows } from '../../../pipeline/statistics/matrix.ts';

/** Clipped, then logarithms, then standardised: what features go through. */
function scaling(clip: number, center: number, scale: number): (value: number) => number {
  return (value) => {
    const clipped = Math.min(clip, Math.max(-clip, value));
    return (Math.sign(clipped) * Math.log1p(Math.abs(clipped)) - center) / scale;
  };
}

/** Evenly spread, where fc.double draws mostly numbers next to 0. */
function between(low: number, high: number): fc.Arbitrary<number> {
  return fc.integer({ min: 0, max: 99_991 }).map((part) => low + ((high - low) * part) / 99_991);
}

const identity = (value: number): number => value;
const count: MovableColumn = {
  forward: identity,
  freedom: { kind: 'free', minimum: 0, maximum: 12, step: 1 },
};

function scaled({ columns }: ChangeRequest, values: readonly number[]): number[] {
  return values.map((value, column) => columns[column]?.forward(value) ?? 0);
}

function assign(request: ChangeRequest, values: readonly number[]): number {
  return (
    assignNearest(matrixFromRows([scaled(request, values)]), request.centroids).labels[0] ?? -1
  );
}

function distance(request: ChangeRequest, values: readonly number[]): number {
  const [from, to] = [scaled(request, request.values), scaled(request, values)];
  return Math.hypot(...to.map((value, column) => value - (from[column] ?? 0)));
}

/** Whether a row is in a cell the target asks for, and clear of its borders. */
function flips(request: ChangeRequest, values: readonly number[], label: number): boolean {
  const point = scaled(request, values);
  const { centroids, target } = request;
  const all = Array.from({ length: centroids.rows }, (_, row) =>
    Math.hypot(
      ...point.map((value, j) => value - (centroids.values[row * centroids.columns + j] ?? 0)),
    ),
  );
  const sorted = all.toSorted((a, b) => a - b);
  const unit = Math.max(1, ...scaled(request, request.values).map(Math.abs));
  if ((sorted[1] ?? 0) - (sorted[0] ?? 0) < 1e-7 * unit) return false;
  const found = all.indexOf(sorted[0] ?? 0);
  return target === 'any-other' ? found !== label : found === target;
}

function answersOf(
  request: ChangeRequest,
): Extract<ReturnType<typeof smallestChanges>, { kind: 'answers' }> {
  const found = smallestChanges(request);
  if (found.kind !== 'answers') throw new Error(found.kind);
  return found;
}

/** A change is true to its word: it leads to the target, keeps to limits and steps, and measures itself. */
function expectValid(request: ChangeRequest, answer: ChangeAnswer, label: number): void {
  if (answer.kind === 'none') return;
  const { values, moves, target } = answer;
  expect(assign(request, values)).toBe(target);
  if (request.target === 'any-other') expect(target).not.toBe(label);
  else expect(target).toBe(request.target);
  expect(answer.distance / distance(request, values)).toBeCloseTo(1, 12);
  expect(moves).toEqual(
    values.flatMap((to, column) => {
      const from = request.values[column] ?? 0;
      return to === from ? [] : [{ column, from, to }];
    }),
  );
  for (const { column, from, to } of moves) {
    const { freedom } = request.columns[column] ?? {};
    if (freedom?.kind !== 'free') throw new Error(`column ${column} is fixed`);
    expect(to).toBeGreaterThanOrEqual(Math.min(from, freedom.minimum ?? -Infinity));
    expect(to).toBeLessThanOrEqual(Math.max(from, freedom.maximum ?? Infinity));
    expect(Math.abs(to)).toBeLessThan(1e9);
    const { step = 0 } = freedom;
    const multiple = Math.round(to / step) * step;
    if (step > 0) expect(Math.abs(to - multiple)).toBeLessThanOrEqual(1e-15 * Math.abs(to));
  }
}

/** The shortest of all moves to a grid of values, of one column or of two. */
function shortestByTrying(
  request: ChangeRequest,
  label: number,
  grids: readonly (readonly number[])[],
): number {
  let shortest = Infinity;
  const from = (column: number, values: readonly number[]): void => {
    const grid = grids[column];
    if (grid) {
      for (const value of grid) from(column + 1, [...values, value]);
    } else if (flips(request, values, label)) {
      shortest = Math.min(shortest, distance(request, values));
    }
  };
  from(0, []);
  return shortest;
}

function distanceOf(answer: ChangeAnswer | undefined): number {
  return answer?.kind === 'change' ? answer.distance : Infinity;
}

const whole = fc.integer({ min: 0, max: 12 });
const place = between(-1, 13);
const target = fc.oneof(fc.constant('any-other' as const), fc.integer({ min: 0, max: 1 }));

function centroidsOf(columns: number): fc.Arbitrary<ChangeRequest['centroids']> {
  const centroid = fc.array(place, { minLength: columns, maxLength: columns });
  return fc.array(centroid, { minLength: 2, maxLength: 6 }).map(matrixFromRows);
}

describe('the smallest change', () => {
  test('of counts is the one that trying all of them finds, alone and together', () => {
    const request = fc.record({
      values: fc.tuple(whole, whole),
      columns: fc.constant([count, count]),
      centroids: centroidsOf(2),
      target,
    });
    const all = Array.from({ length: 13 }, (_, value) => value);
    let changes = 0;
    fc.assert(
      fc.property(request, (given) => {
        const found = smallestChanges(given);
        expect(found.label).toBe(assign(given, given.values));
        if (found.kind === 'already-there') return;
        const { joint, singles, label } = found;
        const [x, y] = given.values.map((value) => [value]);
        const best = shortestByTrying(given, label, [all, all]);
        // What flips by less than the check above wants is no fault.
        expect(distanceOf(joint)).toBeLessThanOrEqual(best + 1e-9);
        expectValid(given, joint, label);
        for (const { column, answer } of singles) {
          const grids = column === 0 ? [all, y ?? []] : [x ?? [], all];
          const alone = shortestByTrying(given, label, grids);
          expect(distanceOf(answer)).toBeLessThanOrEqual(alone + 1e-9);
          expectValid(given, answer, label);
          expect(answer.kind === 'none' ? [] : answer.moves.map((move) => move.column)).toEqual(
            answer.kind === 'none' ? [] : [column],
          );
          if (alone < Infinity) changes += 1;
        }
        const order = singles.map(({ answer }) => distanceOf(answer));
        expect(order).toEqual(order.toSorted((a, b) => (a === b ? 0 : a - b)));
      }),
      { seed: 5, numRuns: 400 },
    );
    expect(changes).toBeGreaterThan(200);
  });

  test('of money after clipping and logarithms flips, and no finer step of one column does before', () => {
    const column = fc
      .record({
        linear: fc.boolean(),
        clip: between(50, 1e5),
        center: between(0, 6),
        scale: between(0.3, 3),
        freedom: fc.constantFrom<MovableColumn['freedom']>(
          { kind: 'fixed' },
          { kind: 'free', step: 0.01 },
          { kind: 'free' },
          { kind: 'free', minimum: 0, step: 1 },
          { kind: 'free', minimum: 0, maximum: 900 },
        ),
      })
      .map(({ linear, clip, center, scale, freedom }) => ({
        forward: linear
          ? (value: number) => (value - 40 * center) / (60 * scale)
          : scaling(clip, center, scale),
        freedom,
      }));
    const number = between(-3, 4);
    const request = fc.integer({ min: 1, max: 4 }).chain((columns) =>
      fc.record({
        values: fc.array(fc.oneof(fc.integer({ min: 0, max: 300 }), between(-50, 2e5)), {
          minLength: columns,
          maxLength: columns,
        }),
        columns: fc.array(column, { minLength: columns, maxLength: columns }),
        centroids: fc
          .array(fc.array(number, { minLength: columns, maxLength: columns }), {
            minLength: 2,
            maxLength: 5,
          })
          .map(matrixFromRows),
        target,
      }),
    );
    let changes = 0;
    fc.assert(
      fc.property(request, (given) => {
        const found = smallestChanges(given);
        if (found.kind === 'already-there') return;
        const { label, singles, joint } = found;
        if (joint.kind === 'change') changes += 1;
        expectValid(given, joint, label);
        for (const { column, answer } of singles) {
          expectValid(given, answer, label);
          const { freedom } = given.columns[column] ?? {};
          if (freedom?.kind !== 'free') throw new Error('not free');
          const from = given.values[column] ?? 0;
          const low = Math.min(from, freedom.minimum ?? -3e5);
          const high = Math.max(from, freedom.maximum ?? 3e5);
          const grid = Array.from({ length: 400 }, (_, step) => {
            const far = step < 200 ? low : high;
            const value = from + (far - from) * 1.08 ** -(step % 200);
            return freedom.step === undefined
              ? value
              : Math.min(high, Math.max(low, Math.round(value / freedom.step) * freedom.step));
          });
          const grids = given.values.map((value, index) => (index === column ? grid : [value]));
          const tried = shortestByTrying(given, label, grids);
          expect(distanceOf(answer)).toBeLessThanOrEqual(tried * (1 + 1e-9));
          expect(distanceOf(joint)).toBeLessThanOrEqual(distanceOf(answer) * (1 + 1e-9));
        }
      }),
      { seed: 6, numRuns: 300 },
    );
    expect(changes).toBeGreaterThan(100);
  });

  test('of all columns is the nearest point of the target cell that any try finds', () => {
    const free: MovableColumn = {
      forward: identity,
      freedom: { kind: 'free', minimum: 0, maximum: 10 },
    };
    const request: ChangeRequest = {
      values: [1, 1.5],
      columns: [free, free],
      centroids: matrixFromRows([
        [1, 1],
        [9, 7],
        [9, 1],
        [2, 9],
      ]),
      target: 1,
    };
    const { joint, label } = answersOf(request);
    expectValid(request, joint, label);
    // The corner where the target's borders with clusters 2 and 3 meet, off the line to its centroid.
    const grid = Array.from({ length: 601 }, (_, step) => step / 60);
    const tried = shortestByTrying(request, label, [grid, grid]);
    expect(distanceOf(joint)).toBeLessThanOrEqual(tried);
    expect(distanceOf(joint)).toBeGreaterThan(tried - 0.03);
    expect(joint).toMatchObject({ kind: 'change', target: 1, proven: true });
  });

  test('says in original units how many more orders it takes, or that no number does', () => {
    const orders: MovableColumn = {
      forward: (value) => (value - 5) / 2,
      freedom: { kind: 'free', minimum: 3, step: 1 },
    };
    const age: MovableColumn = { forward: (value) => value / 10, freedom: { kind: 'fixed' } };
    const days: MovableColumn = {
      forward: (value) => Math.log1p(value) - 3,
      freedom: { kind: 'free', minimum: 0, maximum: 40, step: 1 },
    };
    const request: ChangeRequest = {
      values: [3, 30, 40],
      columns: [orders, age, days],
      centroids: matrixFromRows([
        [-1, 3, 0.7],
        [1, 3, 0.2],
      ]),
      target: 'any-other',
    };
    const found = answersOf(request);
    // Orders: the border is at 0.06 scaled units, 5.1 orders, so it takes 6. Days alone never get there.
    expect(found.singles).toEqual([
      {
        column: 0,
        answer: {
          kind: 'change',
          target: 1,
          values: [6, 30, 40],
          moves: [{ column: 0, from: 3, to: 6 }],
          distance: 1.5,
          proven: true,
        },
      },
      { column: 2, answer: { kind: 'none', proven: true } },
    ]);
    expect(found.joint).toMatchObject({
      kind: 'change',
      moves: [
        { column: 0, from: 3, to: 5 },
        { column: 2, from: 40 },
      ],
    });
    expect(smallestChanges({ ...request, target: 0 })).toEqual({ kind: 'already-there', label: 0 });
  });

  test('is never a tie, which the lowest index would win', () => {
    const centroids = matrixFromRows([[0], [8]]);
    const to = (values: number[], target: number): ChangeAnswer =>
      answersOf({ values, columns: [count], centroids, target }).joint;
    expect(to([1], 1)).toMatchObject({ values: [5], distance: 4 });
    expect(to([8], 0)).toMatchObject({ values: [3], distance: 5 });
    const twins = matrixFromRows([[0], [8], [8]]);
    expect(answersOf({ values: [1], columns: [count], centroids: twins, target: 2 }).joint).toEqual(
      {
        kind: 'none',
        proven: true,
      },
    );
  });

  test('crosses a clip, and stays at the present value where limits exclude it', () => {
    const centroids = matrixFromRows([[0], [Math.log1p(1000)]]);
    const clipped = scaling(1000, 0, 1);
    const column = (freedom: MovableColumn['freedom']): MovableColumn => ({
      forward: clipped,
      freedom,
    });
    const down = answersOf({
      values: [50_000],
      columns: [column({ kind: 'free', step: 0.01 })],
      centroids,
      target: 0,
    }).joint;
    // log1p(x) = log1p(1000) / 2 at 30.6385...: the cent below it.
    expect(down).toMatchObject({ kind: 'change', values: [30.63] });
    const stuck = column({ kind: 'free', minimum: 2000, maximum: 3000 });
    expect(answersOf({ values: [1], columns: [stuck], centroids, target: 1 }).joint).toMatchObject({
      kind: 'change',
      target: 1,
    });
    const short = column({ kind: 'free', maximum: 20 });
    expect(answersOf({ values: [1], columns: [short], centroids, target: 1 }).joint).toEqual({
      kind: 'none',
      proven: true,
    });
  });

  test('takes clean multiples of a step, and may leave a value between two of them', () => {
    const cents: MovableColumn = { forward: identity, freedom: { kind: 'free', step: 0.01 } };
    const line = matrixFromRows([[0], [1.139]]);
    const to = answersOf({ values: [0.1], columns: [cents], centroids: line, target: 1 }).joint;
    expect(to).toMatchObject({ values: [0.57] }); // 57 * 0.01 is 0.5700000000000001
    const ones: MovableColumn = { forward: identity, freedom: { kind: 'free', step: 1 } };
    const plane = matrixFromRows([
      [0, 0],
      [0.5, 8],
    ]);
    const { joint } = answersOf({
      values: [0.6, 0.6],
      columns: [ones, ones],
      centroids: plane,
      target: 1,
    });
    expect(joint).toMatchObject({ values: [0.6, 4], moves: [{ column: 1, from: 0.6, to: 4 }] });
  });

  test('says so where it gave up proving that none is smaller', () => {
    const ones: MovableColumn = { forward: identity, freedom: { kind: 'free', step: 1 } };
    const center = Array.from({ length: 14 }, (_, column) => 3 + Math.sqrt(column + 2));
    const request: ChangeRequest = {
      values: center.map(() => 0),
      columns: center.map(() => ones),
      centroids: matrixFromRows([center.map(() => 0), center]),
      target: 1,
    };
    const { joint, singles, label } = answersOf(request);
    expect(joint).toMatchObject({ kind: 'change', proven: false });
    expectValid(request, joint, label);
    expect(singles.every(({ answer }) => answer.proven)).toBe(true);
  });

  test('of many small steps is found, and is no larger than that of one column', () => {
    // Cutting ranges alone ran out here before it met a row that flips.
    const money = { kind: 'free', step: 0.01 } as const;
    const request: ChangeRequest = {
      values: [27, 69089.5, 141292.04, 181111.58],
      columns: [
        {
          forward: scaling(70_920, 2.84, 0.3),
          freedom: { kind: 'free', minimum: 0, maximum: 900 },
        },
        { forward: scaling(85_845, 3.9, 2.325), freedom: money },
        { forward: scaling(99_986, 4.006, 0.5527), freedom: money },
        { forward: scaling(99_988, 4.015, 2.526), freedom: money },
      ],
      centroids: matrixFromRows([
        [1.622, 0.758, -1.117, 1.603],
        [0.994, -2.535, -1.509, 2.733],
        [3.041, -2.5, 0.692, 0.54],
        [1.476, -2.266, 2.214, -2.188],
        [0.1, 2.101, 2.355, 1.617],
      ]),
      target: 0,
    };
    const { joint, singles, label } = answersOf(request);
    expectValid(request, joint, label);
    expect(singles[0]?.answer.kind).toBe('change');
    expect(distanceOf(joint)).toBeLessThan(0.99 * distanceOf(singles[0]?.answer));
  });

  test('is not claimed where the scaled value jumps over the target', () => {
    const jumping: MovableColumn = { forward: Math.floor, freedom: { kind: 'free' } };
    const centroids = matrixFromRows([[0], [0.5], [1]]);
    const { joint } = answersOf({ values: [0.2], columns: [jumping], centroids, target: 1 });
    expect(joint).toEqual({ kind: 'none', proven: false });
  });

  test('is refused for requests that make no sense', () => {
    const centroids = matrixFromRows([[0], [8]]);
    const request: ChangeRequest = { values: [1], columns: [count], centroids, target: 1 };
    const ask = (part: Partial<ChangeRequest>) => () => smallestChanges({ ...request, ...part });
    expect(ask({ target: 2 })).toThrow('Target 2 names none of 2 centroids.');
    expect(ask({ values: [1, 2] })).toThrow('do not fit 2 values and 1 columns');
    expect(ask({ values: [Number.NaN] })).toThrow('The present value NaN is scaled to NaN.');
    const free = (freedom: object): MovableColumn => ({
      forward: Math.log1p,
      freedom: { kind: 'free', ...freedom },
    });
    expect(ask({ columns: [free({ step: 0 })] })).toThrow('by steps of 0.');
    expect(ask({ columns: [free({ minimum: 3, maximum: 2 })] })).toThrow('No value lies in 3 .. 2');
    expect(ask({ columns: [free({})] })).toThrow('but NaN at -1.79');
    const falling = { ...free({ minimum: 0 }), forward: (value: number) => -value };
    expect(ask({ columns: [falling] })).toThrow('The scaled value is -1 at 1, but 0 at 0.');
  });
});
