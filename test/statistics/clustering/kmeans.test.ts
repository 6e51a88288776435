import { readFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { assignNearest } from '../../../pipeline/statistics/clustering/assign.ts';
import type { KMeansFit } from '../../../pipeline/statistics/clustering/finish-fit.ts';
import { kmeansPolish } from '../../../pipeline/statistics/clustering/kmeans-polish.ts';
import {
  competitionRows,
  SAMPLE_ROWS,
} from '../../../pipeline/statistics/clustering/kmeans-sample.ts';
import { kmeansStarts } from '../../../pipeline/statistics/clustering/kmeans-starts.ts';
import { kmeans, type KMeansOptions } from '../../../pipeline/statistics/clustering/kmeans.ts';
import {
  prepareKMeans,
  TooFewDistinctRowsError,
} from '../../../pipeline/statistics/clustering/prepare-kmeans.ts';
import { type Matrix, matrixFromRows, rowOf } from '../../../pipeline/statistics/matrix.ts';
import { makePoints, type PointsRecipe, shuffled } from './kernel-points.ts';

interface Golden extends PointsRecipe {
  readonly k: number;
  readonly firstRow: readonly number[];
  readonly sum: number;
  readonly inertia: number;
}
const fixture = new URL('../../fixtures/clustering/kernel.json', import.meta.url);
const goldens = JSON.parse(readFileSync(fixture, 'utf8')) as Golden[];

const defaults = { k: 5, seed: 1, restarts: 10, maxIterations: 300, tolerance: 1e-4 };

function fit(matrix: Matrix, options: Partial<KMeansOptions> = {}): KMeansFit {
  return kmeans(matrix, { ...defaults, ...options });
}

/** Every label names the nearest centroid, no cluster is empty, and the inertia is that of these labels. */
function expectConsistent(matrix: Matrix, { centroids, labels, inertia }: KMeansFit): void {
  const truth = assignNearest(matrix, centroids);
  expect(labels).toEqual(truth.labels);
  const sum = truth.squaredDistances.reduce((sum, square) => sum + square, 0);
  expect(Math.abs(inertia - sum)).toBeLessThanOrEqual(1e-12 * sum);
  expect(new Set(labels).size).toBe(centroids.rows);
}

/** How far centroids are from the means of their rows at most. */
function distanceToMeans(matrix: Matrix, { centroids, labels }: KMeansFit): number {
  let worst = 0;
  for (let cluster = 0; cluster < centroids.rows; cluster += 1) {
    for (const [column, center] of rowOf(centroids, cluster).entries()) {
      let sum = 0;
      let size = 0;
      for (const [row, label] of labels.entries()) {
        if (label !== cluster) continue;
        sum += (matrix.values[row * matrix.columns + column] ?? Number.NaN) - center;
        size += 1;
      }
      worst = Math.max(worst, Math.abs(sum / size));
    }
  }
  return worst;
}

function sorted(centroids: Matrix): number[][] {
  const rows = Array.from({ length: centroids.rows }, (_, row) => rowOf(centroids, row));
  return rows.sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0));
}

describe('K-Means', () => {
  test.each(goldens)(
    'is no worse than ten starts of scikit-learn: $rows rows $kind, k = $k',
    (golden) => {
      const matrix = makePoints(golden);
      expect(rowOf(matrix, 0)).toEqual(golden.firstRow);
      const found = fit(matrix, { k: golden.k });
      expect(found.inertia / golden.inertia).toBeLessThan(1 + 1e-5);
      expectConsistent(matrix, found);
    },
  );

  test('gives the same bytes for the same seed whatever the order of the rows', () => {
    for (const [rows, kind] of [
      [3000, 'overlapping'],
      [800, 'grid'],
      [2 * SAMPLE_ROWS + 1, 'overlapping'],
      [70_000, 'overlapping'],
    ] as const) {
      const matrix = makePoints({ kind, seed: 21, rows, columns: 3, centers: 4 });
      const there = shuffled(matrix, 22);
      const plain = fit(matrix, { k: 6, restarts: 3 });
      const moved = fit(there.matrix, { k: 6, restarts: 3 });
      expect(moved).toEqual({ ...plain, labels: there.from.map((row) => plain.labels[row] ?? -1) });
      const other = fit(matrix, { k: 6, restarts: 3, seed: 2 });
      expect(other.centroids.values).not.toEqual(plain.centroids.values);
    }
  });

  test.each([4000, 2 * SAMPLE_ROWS + 1])(
    'gives the same however the starts are split, on %i rows',
    (rows) => {
      const matrix = makePoints({ kind: 'overlapping', seed: 23, rows, columns: 2, centers: 5 });
      const options = { ...defaults, k: 7, restarts: 6 };
      const whole = fit(matrix, options);
      const prepared = prepareKMeans(matrix);
      const sample = structuredClone(competitionRows(prepared, 7, options.seed));
      for (const groups of [[6], [4, 2], [1, 2, 3]]) {
        let from = 0;
        const candidates = groups.map((count) => {
          const starts = kmeansStarts(sample, { ...options, from, count });
          from += count;
          return structuredClone(starts);
        });
        expect(kmeansPolish(prepared, candidates.toReversed().flat(), options)).toEqual(whole);
      }
    },
  );

  test('ends at a fixed point: at tolerance 0 each centroid is the mean of its rows', () => {
    const matrix = makePoints({ kind: 'overlapping', seed: 24, rows: 900, columns: 3, centers: 5 });
    const exact = fit(matrix, { tolerance: 0 });
    expectConsistent(matrix, exact);
    expect(distanceToMeans(matrix, exact)).toBeLessThan(1e-12);
    expect(distanceToMeans(matrix, fit(matrix))).toBeLessThan(0.01);
  });

  test('with more starts never gets worse', () => {
    const matrix = makePoints({ kind: 'skewed', seed: 25, rows: 900, columns: 2, centers: 0 });
    const inertias = [1, 2, 4, 8].map((restarts) => fit(matrix, { k: 9, restarts }).inertia);
    expect(inertias).toEqual(inertias.toSorted((a, b) => b - a));
  });

  test('finds the same clusters when a constant is added to a column, and in other units', () => {
    const recipe = { kind: 'apart', seed: 26, rows: 700, columns: 2, centers: 4 } as const;
    const given = makePoints(recipe);
    // Multiples of 1/1024: adding 1e8 to them is exact.
    const values = given.values.map((value) => Math.round(value * 1024) / 1024);
    const matrix = { ...given, values };
    const plain = fit(matrix, { k: 4, tolerance: 0 });
    const shifted = { ...given, values: values.map((value, at) => value + (at % 2) * 1e8) };
    const there = fit(shifted, { k: 4, tolerance: 0 });
    expect(there.inertia / plain.inertia).toBeCloseTo(1, 9);
    const back = sorted(there.centroids).map(([x, y = 0]) => [x, y - 1e8]);
    for (const [at, center] of sorted(plain.centroids).entries()) {
      expect(back[at]?.[0]).toBeCloseTo(center[0] ?? 0, 9);
      expect(back[at]?.[1]).toBeCloseTo(center[1] ?? 0, 6);
    }
    for (const unit of [2 ** -200, 2 ** 200]) {
      const small = fit({ ...given, values: values.map((value) => value * unit) }, { k: 4 });
      expect(small.inertia / unit ** 2 / plain.inertia).toBeCloseTo(1, 6);
    }
  });

  test('handles constant columns, duplicates, an outlier, k = 1, k = rows and k = different rows', () => {
    const cloud = makePoints({ kind: 'apart', seed: 27, rows: 300, columns: 2, centers: 3 });
    const rows = Array.from({ length: 300 }, (_, row) => [...rowOf(cloud, row), 7]);
    const truth = fit(cloud, { k: 3 });
    expect(fit(matrixFromRows(rows), { k: 3 }).inertia).toBeCloseTo(truth.inertia, 9);
    const twice = fit(matrixFromRows([...rows, ...rows]), { k: 3 });
    expect(twice.inertia).toBeCloseTo(2 * truth.inertia, 9);

    const outlier = matrixFromRows([...rows, [1e12, 0, 7]]);
    const four = fit(outlier, { k: 4, tolerance: 0 });
    expectConsistent(outlier, four);
    expect(four.inertia / truth.inertia).toBeCloseTo(1, 6);

    expect(rowOf(fit(matrixFromRows([[3], [1], [5]]), { k: 1 }).centroids, 0)).toEqual([3]);
    const each = fit(cloud, { k: 300, restarts: 2 });
    expect(each.inertia).toBe(0);
    expectConsistent(cloud, each);
    const nearly = fit(cloud, { k: 297, restarts: 2 });
    expectConsistent(cloud, nearly);
    const heavy = matrixFromRows(
      Array.from({ length: 3000 }, (_, row) => [
        row < 2990 ? 0 : row % 7,
        row < 2990 ? 0 : row % 3,
      ]),
    );
    const distinct = new Set(Array.from({ length: 3000 }, (_, row) => rowOf(heavy, row).join(' ')))
      .size;
    expect(fit(heavy, { k: distinct, restarts: 1 }).inertia).toBe(0);
    expect(fit(matrixFromRows([[1e-20], [2e-20], [1], [1], [1]]), { k: 3 }).inertia).toBeLessThan(
      1e-30,
    );
  });

  test('leaves exactly no inertia where there is a cluster for every different row', () => {
    const six = [0.1, 0.7, 1.3, 2.9, 3.1, 5.7];
    const rows = Array.from({ length: 700 }, (_, row) => {
      const value = six[row % 6] ?? 0;
      return [value, value / 3 + 1e8, -0 * row];
    });
    expect(fit(matrixFromRows(rows), { k: 6 }).inertia).toBe(0);
  });

  test('tells values apart whose squares underflow', () => {
    const rows = Array.from({ length: 100 }, (_, row) => [(row % 10) * 1e-168 + row * 1e-170]);
    const { labels } = fit(matrixFromRows(rows), { k: 10 });
    const large = fit(matrixFromRows(rows.map(([value = 0]) => [value * 1e168])), { k: 10 });
    const pairs = new Set(Array.from(labels, (label, row) => `${label} ${large.labels[row]}`));
    expect(pairs.size).toBe(10);
  });

  test('takes few steps where there are nearly as many clusters as rows', () => {
    const recipe = { kind: 'overlapping', seed: 29, rows: 1500, columns: 3, centers: 4 } as const;
    let steps = 0;
    const checkpoint = (): void => {
      steps += 1;
    };
    fit(makePoints(recipe), { k: 1490, restarts: 2, checkpoint });
    expect(steps).toBeLessThan(100);
  });

  test('finds rare rows that an even sample would lack', () => {
    const rows = 2 * SAMPLE_ROWS + 10;
    const values = Float64Array.from({ length: rows }, (_, row) => (row < 3 ? row * 10 : 100));
    const found = fit({ values, rows, columns: 1 }, { k: 4 });
    expect(found.centroids.values.toSorted()).toEqual(Float64Array.of(0, 10, 20, 100));
  });

  test('refuses too few different rows, holes, overflow and absurd options with sentences', () => {
    const same = matrixFromRows(Array.from({ length: 50 }, (_, row) => [row % 2, 7]));
    const refused = expect(() => fit(same, { k: 3 }));
    refused.toThrow(new TooFewDistinctRowsError(3, 2));
    expect(() => fit(same, { k: 3 })).toThrow(RangeError);
    expect(new TooFewDistinctRowsError(3, 2)).toMatchObject({
      k: 3,
      distinct: 2,
      message: '3 clusters need 3 different rows, but there are 2.',
    });
    expect(() => fit(matrixFromRows([[1], [Number.NaN]]), { k: 1 })).toThrow('column 0 is NaN');
    expect(() => fit(matrixFromRows([[1e200], [-1e200]]), { k: 2 })).toThrow('too far apart');
    expect(() => fit(same, { k: 2.5 })).toThrow('k is a whole number from 1, not 2.5.');
    expect(() => fit(same, { restarts: 0 })).toThrow('restarts is a whole number');
    expect(() => fit(same, { tolerance: Number.NaN })).toThrow('tolerance is 0 or more');
    expect(() => fit(same, { seed: -1 })).toThrow('A seed is a whole number');
  });

  test('stops where its checkpoint throws', () => {
    let calls = 0;
    const checkpoint = (): void => {
      calls += 1;
      if (calls === 5) throw new Error('enough');
    };
    expect(() => fit(makePoints(goldens[1] as Golden), { checkpoint })).toThrow('enough');
    expect(calls).toBe(5);
  });

  test.each([
    ['has no WebAssembly', undefined],
    ['knows no vector instructions', { validate: (): boolean => false }],
    [
      'may not compile WebAssembly',
      {
        validate: (): boolean => true,
        Module: () => {
          throw new EvalError('refused by the content security policy');
        },
      },
    ],
  ])('finds the same clusters in an engine that %s', async (_, wasm) => {
    const matrix = makePoints({ kind: 'apart', seed: 28, rows: 2000, columns: 3, centers: 5 });
    const here = fit(matrix);
    vi.stubGlobal('WebAssembly', wasm);
    vi.resetModules();
    try {
      const path = '../../../pipeline/statistics/clustering/kmeans.ts';
      const fresh = (await import(
        path
      )) as typeof import('../../../pipeline/statistics/clustering/kmeans.ts');
      const there = fresh.kmeans(matrix, defaults);
      expect(there.inertia / here.inertia).toBeCloseTo(1, 12);
      const centers = sorted(there.centroids);
      for (const [at, center] of sorted(here.centroids).entries()) {
        for (const [j, value] of center.entries()) expect(centers[at]?.[j]).toBeCloseTo(value, 9);
      }
    } finally {
      vi.unstubAllGlobals();
      vi.resetModules();
    }
  });
});
