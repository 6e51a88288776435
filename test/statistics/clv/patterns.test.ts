import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { collapsePatterns, thinPatterns } from '../../../pipeline/statistics/clv/patterns.ts';

const value = fc.oneof(fc.integer({ min: 0, max: 4 }), fc.constantFrom(0.25, 1e9, 3.5, 2 ** 40));
const rows = fc.array(fc.tuple(value, value, value), { minLength: 1, maxLength: 60 });

function columnsOf(table: readonly (readonly number[])[]): Float64Array[] {
  return [0, 1, 2].map((column) => Float64Array.from(table, (row) => row[column] ?? 0));
}

describe('patterns', () => {
  test('are the distinct rows in order, with how often they occur, whatever the order of the rows', () => {
    fc.assert(
      fc.property(rows, (table) => {
        const counts = new Map<string, number>();
        for (const row of table) counts.set(String(row), (counts.get(String(row)) ?? 0) + 1);
        const sorted = [...counts.keys()]
          .map((key) => key.split(',').map(Number))
          .sort(
            (one, other) => one.map((entry, at) => entry - (other[at] ?? 0)).find(Boolean) ?? 0,
          );
        const { weights, patternOf, columns } = collapsePatterns(columnsOf(table));
        const found = Array.from(weights, (_, pattern) =>
          columns.map(({ values, codes }) => values[codes[pattern] ?? 0]),
        );
        expect(found).toEqual(sorted);
        expect([...weights]).toEqual(sorted.map((row) => counts.get(String(row))));
        expect(Array.from(patternOf, (pattern) => found[pattern])).toEqual(table);
      }),
    );
  });

  test('are thinned to every n-th', () => {
    const column = Float64Array.from({ length: 10 }, (_, at) => at);
    const { weights, columns } = thinPatterns(collapsePatterns([column, column]), 4);
    expect([...(columns[1]?.codes ?? [])]).toEqual([0, 3, 6, 9]);
    expect([...weights]).toEqual([1, 1, 1, 1]);
  });
});
