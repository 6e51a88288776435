import { expect, test } from 'vitest';
import type { CohortCell } from '../../pipeline/contract/schemas.ts';
import {
  cohortGrid,
  cohortValue,
  fullValue,
  latestCohorts,
  monthAfter,
} from '../../renderer/panels/kpis/cohort-grid.ts';
import { cellLabel, cellStory } from '../../renderer/panels/kpis/cohort-words.ts';

/** A cohort of ten and one of four, two months apart; of the first nobody bought in its second month. */
const cells: CohortCell[] = [
  { cohort: '2025-12', age: 0, customers: 10, active: 10, revenue: 500 },
  { cohort: '2025-12', age: 2, customers: 10, active: 4, revenue: 100 },
  { cohort: '2026-02', age: 0, customers: 4, active: 4, revenue: 60 },
  { cohort: '2026-02', age: 1, customers: 4, active: 1, revenue: 20 },
];

function gridOf(found: readonly CohortCell[]) {
  const grid = cohortGrid(found);
  if (grid === null) throw new Error('no grid');
  return grid;
}

test('a month that passed without a purchase is zero, one that has not come is empty, a month without newcomers too', () => {
  const grid = gridOf(cells);
  expect(
    grid.rows.map(({ cohort, customers, cells }) => [
      cohort,
      customers,
      cells.map((cell) => cohortValue(cell, 'retention')),
    ]),
  ).toEqual([
    ['2025-12', 10, [1, 0, 0.4, 0]],
    ['2026-01', 0, [null, null, null, null]],
    ['2026-02', 4, [1, 0.25, null, null]],
  ]);
  expect(grid.newest).toBe('2026-03');
  expect(cohortGrid([])).toBeNull();
});

test('all cohorts together are counted at an age only with those that are so old', () => {
  const { whole } = gridOf(cells);
  expect(whole).toEqual([
    { customers: 14, active: 14, revenue: 560 },
    { customers: 14, active: 1, revenue: 20 },
    { customers: 10, active: 4, revenue: 100 },
    { customers: 10, active: 0, revenue: 0 },
  ]);
  expect(whole.map((cell) => cohortValue(cell, 'revenue'))).toEqual([40, 20 / 14, 10, 0]);
});

test('the strongest colour leaves out the first month where that is 100% by definition', () => {
  const grid = gridOf(cells);
  expect(fullValue(grid, 'retention')).toBe(0.4);
  expect(fullValue(grid, 'revenue')).toBe(50);
  expect(fullValue(gridOf(cells.slice(0, 1)), 'retention')).toBe(1);
});

test('a cell is short, and a share above zero is never written as 0%', () => {
  expect([0, 0.004, 0.006, 0.583, 1].map((value) => cellLabel(value, 'retention'))).toEqual([
    '0%',
    '<1%',
    '1%',
    '58%',
    '100%',
  ]);
  expect([0, 1.234, 84.4, 1234].map((value) => cellLabel(value, 'revenue'))).toEqual([
    '0',
    '1.23',
    '84',
    '1.23K',
  ]);
});

test('a cell in full says who and when, over the turn of a year', () => {
  const { rows, whole } = gridOf(cells);
  const told = (row: number, age: number): string => {
    const cell = rows[row]?.cells[age];
    if (cell === null || cell === undefined) throw new Error('no cell');
    return cellStory(cell, rows[row]?.cohort ?? null, age);
  };
  expect(told(0, 2)).toBe(
    'Dec 2025, month 2, Feb 2026: 4 of 10 customers bought (40%), 10.00 a customer.',
  );
  expect(told(2, 0)).toContain('Feb 2026, its first month: 4 of 4 customers bought (100%)');
  const [, second] = whole;
  if (second === undefined) throw new Error('no cell');
  expect(cellStory(second, null, 1)).toContain('All cohorts so old, month 1: 1 of 14 customers');
  expect(monthAfter('2025-12', 13)).toBe('2027-01');
});

test('the latest cohorts keep the ages that one of them has reached, and all cohorts their count', () => {
  const grid = gridOf(cells);
  const latest = latestCohorts(grid, 2);
  expect(latest.rows.map(({ cohort, cells }) => [cohort, cells.length])).toEqual([
    ['2026-01', 2],
    ['2026-02', 2],
  ]);
  expect(latest.whole).toEqual(grid.whole.slice(0, 2));
});
