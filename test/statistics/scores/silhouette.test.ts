import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Matrix, matrixFromRows, selectRows } from '../../../pipeline/statistics/matrix.ts';
import { createRandom } from '../../../pipeline/statistics/random.ts';
import { planSilhouette } from '../../../pipeline/statistics/scores/silhouette-plan.ts';
import {
  addSums,
  silhouetteParts,
  silhouetteSums,
} from '../../../pipeline/statistics/scores/silhouette-sums.ts';
import {
  type Silhouette,
  silhouette,
  silhouetteFromSums,
} from '../../../pipeline/statistics/scores/silhouette.ts';
import { goldens } from './goldens.ts';

/** Widths in the order of the matrix's rows. */
function byRow({ perRow }: Silhouette): number[] {
  const widths: number[] = [];
  for (const [at, row] of (perRow?.rows ?? []).entries()) widths[row] = perRow?.widths[at] ?? NaN;
  return widths;
}

/** Rousseeuw's formula, word for word. */
function plainWidths(points: number[][], labels: number[]): number[] {
  const distance = (a: number[], b: number[]): number =>
    Math.hypot(...a.map((value, column) => value - (b[column] ?? 0)));
  return points.map((point, row) => {
    const mean = (label: number): number => {
      const others = points.filter((_, other) => labels[other] === label && other !== row);
      return others.reduce((sum, other) => sum + distance(point, other), 0) / others.length;
    };
    const own = labels[row] ?? 0;
    if (labels.filter((label) => label === own).length === 1) return 0;
    const a = mean(own);
    const b = Math.min(...[...new Set(labels)].filter((label) => label !== own).map(mean));
    return Math.max(a, b) === 0 ? 0 : (b - a) / Math.max(a, b);
  });
}

function shuffled(rows: number, seed: number): Int32Array {
  const random = createRandom(seed);
  const order = Int32Array.from({ length: rows }, (_, row) => row);
  for (let row = rows - 1; row > 0; row -= 1) {
    const other = random.integer(row + 1);
    [order[row], order[other]] = [order[other] ?? 0, order[row] ?? 0];
  }
  return order;
}

function overlappingClouds(rows: number): { matrix: Matrix; labels: Int32Array } {
  const random = createRandom(11);
  const labels = new Int32Array(rows).map((_, row) => (row < 30 ? 2 : random.integer(2)));
  const points = Array.from(labels, (label) => [
    label * 2 + random.normal(),
    (label === 2 ? 9 : 0) + random.normal(),
  ]);
  return { matrix: matrixFromRows(points), labels };
}

function expectNear(found: readonly number[], truth: readonly number[]): void {
  expect(found.length).toBe(truth.length);
  for (const [at, value] of found.entries()) expect(value).toBeCloseTo(truth[at] ?? NaN, 11);
}

const cases = goldens.widths.map((truth) => ({ columns: truth.points[0]?.length ?? 0, ...truth }));

describe('silhouette widths', () => {
  test.each(cases)(
    'of $columns columns are those of scikit-learn, by row and by cluster, also at an offset of 1e8',
    ({ points, labels, widths, clusters }) => {
      for (const offset of [0, 1e8]) {
        const moved = points.map((point) => point.map((value) => value + offset));
        const found = silhouette(matrixFromRows(moved), Int32Array.from(labels), { perRow: true });
        expectNear(byRow(found), widths);
        expectNear(
          found.clusters.map(({ width }) => width),
          clusters.map(({ width }) => width),
        );
        expect(found.clusters.map(({ label, size }) => [label, size])).toEqual(
          clusters.map(({ label, size }) => [label, size]),
        );
        expectNear([found.value], [widths.reduce((sum, width) => sum + width, 0) / widths.length]);
      }
    },
  );

  test('are those of the plain formula, whatever the rows, duplicates and lonely ones included', () => {
    const row = fc.record({
      point: fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 5, maxLength: 5 }),
      label: fc.integer({ min: 0, max: 3 }),
    });
    fc.assert(
      fc.property(fc.array(row, { minLength: 5, maxLength: 24 }), (rows) => {
        const labels = rows.map(({ label }) => label);
        fc.pre(new Set(labels).size >= 2);
        const points = rows.map(({ point }) => point);
        const options = { perRow: true };
        const found = silhouette(matrixFromRows(points), Int32Array.from(labels), options);
        expectNear(byRow(found), plainWidths(points, labels));
      }),
      { seed: 5 },
    );
  });

  test('are the same bytes in any order of rows and any unit of a power of two', () => {
    const { matrix, labels } = overlappingClouds(700);
    const found = silhouette(matrix, labels, { perRow: true });
    const order = shuffled(700, 3);
    const mixed = silhouette(
      selectRows(matrix, order),
      order.map((row) => labels[row] ?? 0),
      { perRow: true },
    );
    const widths = byRow(found);
    expect(mixed).toMatchObject({ value: found.value, clusters: found.clusters });
    expect(byRow(mixed)).toEqual(Array.from(order, (row) => widths[row]));
    const scaled = { ...matrix, values: matrix.values.map((value) => value * 2 ** 900) };
    expectNear(byRow(silhouette(scaled, labels, { perRow: true })), widths);
  });

  test('are 0 where all rows are equal', () => {
    const found = silhouette(matrixFromRows([[7], [7], [7], [7]]), Int32Array.of(0, 1, 0, 1));
    expect(found).toEqual({
      value: 0,
      rows: 4,
      exact: true,
      clusters: [
        { label: 0, size: 2, width: 0 },
        { label: 1, size: 2, width: 0 },
      ],
    });
  });
});

describe('a silhouette in parts', () => {
  const { matrix, labels } = overlappingClouds(7000);
  const plan = planSilhouette(matrix, labels);
  const parts = Array.from({ length: silhouetteParts(plan.task) }, (_, part) => part);

  test('is the same bytes as a whole, wherever and in whatever order the parts were computed', () => {
    expect(parts.length).toBe(3);
    const backwards = parts.toReversed().map((part) => ({
      part,
      sums: structuredClone(silhouetteSums(structuredClone(plan.task), part)),
    }));
    const total = new Float64Array(3 * 7000);
    for (const { sums } of backwards.toSorted((a, b) => a.part - b.part)) addSums(total, sums);
    const options = { perRow: true };
    expect(silhouetteFromSums(plan, total, options)).toEqual(silhouette(matrix, labels, options));
  });

  test('adds up to the distances of each row to all others', () => {
    const total = new Float64Array(3 * 7000);
    for (const part of parts) addSums(total, silhouetteSums(plan.task, part));
    const ones = new Float64Array(7000);
    for (const [at, sum] of total.entries()) ones[at % 7000] = (ones[at % 7000] ?? 0) + sum;
    const { values } = plan.task.points;
    for (const row of [0, 29, 30, 1777, 3500, 6999]) {
      let sum = 0;
      for (let other = 0; other < 7000; other += 1) {
        const x = (values[other * 4] ?? 0) - (values[row * 4] ?? 0);
        const y = (values[other * 4 + 1] ?? 0) - (values[row * 4 + 1] ?? 0);
        sum += Math.hypot(x, y);
      }
      expect((ones[row] ?? 0) / sum).toBeCloseTo(1, 12);
    }
  });
});

describe('the silhouette of a sample', () => {
  const { matrix, labels } = overlappingClouds(6000);
  const exact = silhouette(matrix, labels);

  test('is near the exact one, whatever the seed, and says how many rows it used', () => {
    expect(exact).toMatchObject({ rows: 6000, exact: true });
    const estimates = [1, 2, 3, 4, 5, 6].map((seed) =>
      silhouette(matrix, labels, { maxRows: 1500, seed }),
    );
    for (const { value, rows, exact: all, clusters } of estimates) {
      expect(all).toBe(false);
      expect(Math.abs(rows - 1500)).toBeLessThan(25); // 20 rows of the tiny cluster, where its share is 7
      expect(Math.abs(value - exact.value)).toBeLessThan(0.02);
      expect(clusters.map(({ size }) => size)).toEqual(exact.clusters.map(({ size }) => size));
    }
    const mean = estimates.reduce((sum, { value }) => sum + value, 0) / estimates.length;
    expect(Math.abs(mean - exact.value)).toBeLessThan(0.008);
    expect(new Set(estimates.map(({ value }) => value)).size).toBe(6);
  });

  test('is the same bytes for the same seed in any order of rows, and is drawn only where asked', () => {
    const options = { maxRows: 1500, seed: 3 };
    const order = shuffled(6000, 4);
    const mixed = order.map((row) => labels[row] ?? 0);
    expect(silhouette(selectRows(matrix, order), mixed, options)).toEqual(
      silhouette(matrix, labels, options),
    );
    expect(silhouette(matrix, labels, { maxRows: 6000 })).toEqual(exact);
  });
});
