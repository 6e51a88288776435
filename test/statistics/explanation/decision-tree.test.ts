import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { growTree } from '../../../pipeline/statistics/explanation/decision-tree.ts';
import { type Rule, rules } from '../../../pipeline/statistics/explanation/tree-rules.ts';
import { matrixFromRows } from '../../../pipeline/statistics/matrix.ts';
import { createRandom } from '../../../pipeline/statistics/random.ts';

interface Case {
  name: string;
  rows: number[][];
  labels: number[];
  fits: {
    maxLeaves: number;
    maxDepth: number;
    minLeafShare: number;
    leaves: number;
    accuracy: number;
    balancedAccuracy: number;
    column: number;
    threshold: number;
  }[];
}

const fixture = new URL('../../fixtures/explanation/trees.json', import.meta.url);
const cases = JSON.parse(readFileSync(fixture, 'utf8')) as Case[];

function fits({ conditions }: Rule, row: readonly number[]): boolean {
  return conditions.every(({ column, above, atMost }) => {
    const value = row[column] ?? Number.NaN;
    return value > (above ?? -Infinity) && value <= (atMost ?? Infinity);
  });
}

/** Reads the rules as a person would: the scores follow from them and the rows alone. */
function follow(
  found: readonly Rule[],
  rows: readonly number[][],
  labels: readonly number[],
): { accuracy: number; balancedAccuracy: number; rules: unknown } {
  const counts = found.map(() => ({ rows: 0, hits: 0 }));
  const hits = new Map<number, number>();
  const sizes = new Map<number, number>();
  for (const [index, row] of rows.entries()) {
    const label = labels[index] ?? -1;
    const fitting = found.flatMap((rule, at) => (fits(rule, row) ? [at] : []));
    expect(fitting).toHaveLength(1);
    const at = fitting[0] ?? -1;
    const count = counts[at];
    const hit = found[at]?.label === label ? 1 : 0;
    if (count) [count.rows, count.hits] = [count.rows + 1, count.hits + hit];
    sizes.set(label, (sizes.get(label) ?? 0) + 1);
    hits.set(label, (hits.get(label) ?? 0) + hit);
  }
  const recalls = [...sizes].map(([label, size]) => (hits.get(label) ?? 0) / size);
  return {
    accuracy: [...hits.values()].reduce((sum, count) => sum + count, 0) / rows.length,
    balancedAccuracy: recalls.reduce((sum, recall) => sum + recall, 0) / recalls.length,
    rules: found.map((rule, at) => {
      const { rows: count = 0, hits: right = 0 } = counts[at] ?? {};
      return { ...rule, rows: count, hits: right, precision: right / count };
    }),
  };
}

describe('the tree of rules', () => {
  test.each(cases)('of clusters $name is as good as that of scikit-learn', (given) => {
    for (const {
      leaves,
      accuracy,
      balancedAccuracy,
      column,
      threshold,
      ...options
    } of given.fits) {
      const tree = growTree(matrixFromRows(given.rows), Int32Array.from(given.labels), options);
      expect(tree.root).toMatchObject({ kind: 'split', column, threshold });
      const found = rules(tree);
      expect(found).toHaveLength(leaves);
      expect(tree).toMatchObject({ grownOn: given.rows.length, rows: given.rows.length });
      expect(tree.accuracy).toBeCloseTo(accuracy, 14);
      expect(tree.balancedAccuracy).toBeCloseTo(balancedAccuracy, 14);
    }
  });

  test.each(cases)('of clusters $name says in its rules what its scores say', (given) => {
    for (const { maxLeaves, maxDepth, minLeafShare } of given.fits) {
      const options = { maxLeaves, maxDepth, minLeafShare };
      const tree = growTree(matrixFromRows(given.rows), Int32Array.from(given.labels), options);
      const found = rules(tree);
      const truth = follow(found, given.rows, given.labels);
      expect(found).toEqual(truth.rules);
      expect(tree.accuracy).toBeCloseTo(truth.accuracy, 14);
      expect(tree.balancedAccuracy).toBeCloseTo(truth.balancedAccuracy, 14);
      const fewest = Math.ceil(minLeafShare * given.rows.length);
      for (const { rows, conditions } of found) {
        expect(rows).toBeGreaterThanOrEqual(fewest);
        expect(new Set(conditions.map(({ column }) => column)).size).toBe(conditions.length);
      }
    }
  });

  test('of equal splits takes the first column and the lowest threshold', () => {
    const rows = [0, 1, 2, 3, 4, 5].map((value) => [7, -value, value, 2 * value]);
    const tree = growTree(matrixFromRows(rows), Int32Array.of(1, 1, 0, 0, 1, 1), {
      maxLeaves: 2,
    });
    expect(tree.root).toMatchObject({ kind: 'split', column: 1, threshold: -3.5 });
  });

  test('puts a threshold between neighbouring doubles, and into no constant column', () => {
    const low = 1e8;
    const high = low + 2 ** -26;
    const tree = growTree(
      matrixFromRows([[low], [high], [low], [high]]),
      Int32Array.of(0, 3, 0, 3),
    );
    expect(tree.accuracy).toBe(1);
    const flat = growTree(matrixFromRows([[4], [4], [4]]), Int32Array.of(1, 2, 2));
    expect(rules(flat)).toEqual([{ label: 2, conditions: [], rows: 3, hits: 2, precision: 2 / 3 }]);
    expect(flat.balancedAccuracy).toBe(0.5);
  });

  test('grows on a sample of many rows, and is scored on all of them', () => {
    const random = createRandom(3);
    const rows = Array.from({ length: 20_000 }, () => [random.normal(), random.normal()]);
    const labels = rows.map(([x = 0, y = 0]) => (x > 0.5 ? 2 : y > 0 ? 1 : 0));
    const matrix = matrixFromRows(rows);
    const tree = growTree(matrix, Int32Array.from(labels), { maxRows: 2000, seed: 1 });
    expect(tree).toMatchObject({ grownOn: 2000, rows: 20_000, labels: [0, 1, 2] });
    expect(tree.accuracy).toBeGreaterThan(0.99);
    const truth = follow(rules(tree), rows, labels);
    expect(rules(tree)).toEqual(truth.rules);
    const again = growTree(matrix, Int32Array.from(labels), { maxRows: 2000, seed: 1 });
    expect(again).toEqual(tree);
    const other = growTree(matrix, Int32Array.from(labels), { maxRows: 2000, seed: 2 });
    expect(other).not.toEqual(tree);
  });

  test('is the same on a sample however the rows stand, equal ones of other labels too', () => {
    const random = createRandom(8);
    const rows = Array.from({ length: 6000 }, () => {
      const row = [
        Math.round(random.normal() * 5),
        Math.round(random.normal() * 5),
        random.integer(3),
      ];
      return { row, label: (row[0] ?? 0) + random.normal() > 1 ? 1 : 0 };
    });
    const grow = (of: typeof rows) =>
      growTree(
        matrixFromRows(of.map(({ row }) => row)),
        Int32Array.from(of, ({ label }) => label),
        { maxRows: 500, seed: 3 },
      );
    const place = new Map(rows.map((row) => [row, random.float()]));
    const shuffled = rows.toSorted((a, b) => (place.get(a) ?? 0) - (place.get(b) ?? 0));
    expect(grow(shuffled)).toEqual(grow(rows));
  });

  test('is refused for options and values that make no sense', () => {
    const matrix = matrixFromRows([[1], [2]]);
    const labels = Int32Array.of(0, 1);
    expect(() => growTree(matrix, labels, { maxLeaves: 0 })).toThrow(
      'maxLeaves is a whole number from 1, not 0.',
    );
    expect(() => growTree(matrix, labels, { minLeafShare: 2 })).toThrow('but this is 2.');
    expect(() => growTree(matrixFromRows([[1], [Infinity]]), labels)).toThrow(
      'Row 1, column 0 is Infinity',
    );
  });
});
