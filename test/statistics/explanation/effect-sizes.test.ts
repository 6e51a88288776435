import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  type ClusterEffects,
  effectSizes,
} from '../../../pipeline/statistics/explanation/effect-sizes.ts';
import { matrixFromRows } from '../../../pipeline/statistics/matrix.ts';

const fixture = new URL('../../fixtures/explanation/effects.json', import.meta.url);
const { rows, labels, effects } = JSON.parse(readFileSync(fixture, 'utf8')) as {
  rows: number[][];
  labels: number[];
  effects: ClusterEffects[];
};
const CONSTANT = 3;
const OFFSET = 4;

function near(value: number | null, digits: number): unknown {
  return value === null ? null : expect.closeTo(value, digits);
}

function expected(clusters: readonly ClusterEffects[], digits: number): unknown {
  return clusters.map((cluster) => ({
    ...cluster,
    columns: cluster.columns.map(({ mean, median, restMean, cohensD, superiority }) => ({
      mean: near(mean, digits),
      median,
      restMean: near(restMean, digits),
      cohensD: near(cohensD, digits),
      superiority: near(superiority, 13),
    })),
  }));
}

describe('effect sizes', () => {
  test('are those of numpy and of the Mann-Whitney test of scipy', () => {
    expect(effectSizes(matrixFromRows(rows), Int32Array.from(labels))).toEqual(
      expected(effects, 9),
    );
  });

  test('of a constant column are none, and neither side is above the other', () => {
    const found = effectSizes(
      matrixFromRows(rows.map((row) => [0.1 * (row[CONSTANT] ?? 0)])),
      Int32Array.from(labels),
    );
    for (const { columns } of found) {
      expect(columns[0]).toMatchObject({ cohensD: null, superiority: 0.5 });
    }
  });

  test('keep their digits at an offset of 1e8', () => {
    const shifted = matrixFromRows(rows.map((row) => [(row[OFFSET] ?? 0) + 1e8]));
    const found = effectSizes(shifted, Int32Array.from(labels));
    for (const [cluster, { columns }] of found.entries()) {
      const truth = effects[cluster]?.columns[OFFSET];
      expect(columns[0]?.superiority).toBeCloseTo(truth?.superiority ?? Number.NaN, 13);
      expect(columns[0]?.cohensD).toBeCloseTo(truth?.cohensD ?? Number.NaN, 6);
    }
  });

  test('are null where nothing is left to compare with, or nothing varies on either side', () => {
    const matrix = matrixFromRows([[1], [2], [6]]);
    const alone = { mean: 3, median: 2, restMean: null, cohensD: null, superiority: null };
    expect(effectSizes(matrix, Int32Array.of(3, 3, 3))).toEqual([
      { label: 3, rows: 3, columns: [alone] },
    ]);
    const apart = matrixFromRows([[0.1], [0.1], [0.1], [0.7], [0.7]]);
    const [low, high] = effectSizes(apart, Int32Array.of(0, 0, 0, 1, 1));
    expect(low?.columns[0]).toMatchObject({ cohensD: null, superiority: 0 });
    expect(high?.columns[0]).toMatchObject({ cohensD: null, superiority: 1 });
    const two = effectSizes(matrixFromRows([[1], [2]]), Int32Array.of(0, 1));
    expect(two[0]?.columns[0]).toEqual({
      mean: 1,
      median: 1,
      restMean: 2,
      cohensD: null,
      superiority: 0,
    });
  });

  test('are refused for values and labels that are none', () => {
    expect(() => effectSizes(matrixFromRows([[1], [Number.NaN]]), Int32Array.of(0, 1))).toThrow(
      'Row 1, column 0 is NaN',
    );
    expect(() => effectSizes(matrixFromRows([[1], [2]]), Int32Array.of(0))).toThrow(
      '2 rows need as many labels, not 1.',
    );
  });
});
