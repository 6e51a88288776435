import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { hungarian } from '../../pipeline/statistics/hungarian.ts';
import { matrixFromRows } from '../../pipeline/statistics/matrix.ts';
import { createRandom } from '../../pipeline/statistics/random.ts';

const fixture = new URL('../fixtures/clustering/assignments.json', import.meta.url);
const cases = JSON.parse(readFileSync(fixture, 'utf8')) as { cost: number[][]; least: number }[];

/** Solves and checks that every pair is legal and that the pairs' costs are the cost reported. */
function solve(cost: number[][]): { cost: number; pairs: number } {
  const { columnOfRow, cost: total } = hungarian(matrixFromRows(cost));
  const used = [...columnOfRow].filter((column) => column >= 0);
  expect(new Set(used).size).toBe(used.length);
  expect(columnOfRow).toHaveLength(cost.length);
  let sum = 0;
  for (const [row, column] of columnOfRow.entries())
    if (column >= 0) sum += cost[row]?.[column] ?? Number.NaN;
  expect(total).toBeCloseTo(sum, 6);
  return { cost: total, pairs: used.length };
}

/** Every injection of the shorter side into the longer one. */
function leastByTrying(cost: number[][]): number {
  const columns = cost[0]?.length ?? 0;
  const wide =
    cost.length <= columns
      ? cost
      : Array.from({ length: columns }, (_, j) => cost.map((row) => row[j] ?? 0));
  function from(row: number, used: ReadonlySet<number>): number {
    const costs = wide[row];
    if (!costs) return 0;
    return Math.min(
      ...costs.map((value, column) =>
        used.has(column) ? Infinity : value + from(row + 1, new Set([...used, column])),
      ),
    );
  }
  return from(0, new Set());
}

describe('the Hungarian assignment', () => {
  test.each(cases)('costs as little as that of scipy (case %#)', ({ cost, least }) => {
    const found = solve(cost);
    expect(found.cost).toBeCloseTo(least, 6);
    expect(found.pairs).toBe(Math.min(cost.length, cost[0]?.length ?? 0));
  });

  test('costs as little as the best of all assignments tried one by one', () => {
    const random = createRandom(31);
    for (let round = 0; round < 150; round += 1) {
      const [rows, columns] = [1 + random.integer(5), 1 + random.integer(6)];
      const cost = Array.from({ length: rows }, () =>
        Array.from({ length: columns }, () =>
          round % 2 === 0 ? random.integer(4) : random.normal(),
        ),
      );
      expect(solve(cost).cost).toBeCloseTo(leastByTrying(cost), 9);
    }
  });

  test('a cost that is not finite is refused with a sentence', () => {
    expect(() => hungarian(matrixFromRows([[1, Infinity]]))).toThrow('Row 0, column 1 is Infinity');
    expect(() => hungarian(matrixFromRows([]))).toThrow('needs a row and a column');
  });
});
