import { describe, expect, test } from 'vitest';
import { canonicalOrder } from '../../../pipeline/statistics/clustering/canonical-order.ts';
import { matrixFromRows, selectRows } from '../../../pipeline/statistics/matrix.ts';
import {
  agreementWith,
  bootstrapSample,
  bootstrapStability,
  stabilityOf,
} from '../../../pipeline/statistics/scores/bootstrap-stability.ts';
import { goldens } from './goldens.ts';
import { lloyd } from './lloyd.ts';

const { points, labels: given, ...truth } = goldens.stability;
const matrix = matrixFromRows(points);
const labels = Int32Array.from(given);
const options = {
  labels,
  k: 4,
  resamples: 80,
  seed: 3,
  fit: (rows: typeof matrix, k: number, seed: number) => lloyd(rows, k, seed, 6).centroids,
};

describe('bootstrap stability', () => {
  const found = bootstrapStability(matrix, options);

  test('is that which scikit-learn and numpy draw, within chance', () => {
    const chance = Math.sqrt(1 / 80 + 1 / 300);
    expect(Math.abs(found.mean - truth.mean)).toBeLessThan(4 * truth.spread * chance);
    expect(found.spread / truth.spread).toBeGreaterThan(0.7);
    expect(found.spread / truth.spread).toBeLessThan(1.4);
    for (const [at, { label, jaccard, dissolved }] of found.clusters.entries()) {
      const share = truth.dissolved[at] ?? NaN;
      expect(label).toBe(at);
      expect(Math.abs(jaccard - (truth.jaccard[at] ?? NaN))).toBeLessThan(
        4 * (truth.jaccardSpread[at] ?? NaN) * chance,
      );
      expect(Math.abs(dissolved - share)).toBeLessThan(
        4 * Math.sqrt(share * (1 - share)) * chance + 0.02,
      );
    }
  });

  test('is the same bytes in any order of rows', () => {
    const order = Int32Array.from(points, (_, row) => (row * 7 + 3) % points.length);
    const mixed = { ...options, resamples: 4, labels: order.map((row) => labels[row] ?? 0) };
    expect(bootstrapStability(selectRows(matrix, order), mixed)).toEqual(
      bootstrapStability(matrix, { ...options, resamples: 4 }),
    );
  });

  test('draws with replacement and counts the rows that differ', () => {
    const twins = matrixFromRows([[1], [1], [2], [2], [2], [3]]);
    const order = canonicalOrder(twins);
    const counts = new Map<number, number>();
    for (let seed = 0; seed < 2000; seed += 1) {
      const { sample, distinct } = bootstrapSample(twins, order, seed);
      expect(distinct).toBe(new Set(sample.values).size);
      for (const value of sample.values) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    for (const [value, share] of [
      [1, 2 / 6],
      [2, 3 / 6],
      [3, 1 / 6],
    ] as const) {
      expect((counts.get(value) ?? 0) / 12_000).toBeCloseTo(share, 1.7);
    }
  });

  test('of resamples with fewer different rows than clusters is low, not an error', () => {
    const few = matrixFromRows([[1], [2], [4], [8]]);
    const { mean, clusters } = bootstrapStability(few, {
      ...options,
      labels: Int32Array.of(0, 1, 2, 3),
      resamples: 10,
    });
    expect(mean).toBeLessThan(0.5);
    expect(clusters.every(({ jaccard }) => jaccard > 0 && jaccard < 1)).toBe(true);
  });

  test('holds each cluster against the one most like it', () => {
    const line = matrixFromRows([[0], [1], [2], [10], [11], [12]]);
    const two = Int32Array.of(4, 4, 4, 9, 9, 9);
    expect(agreementWith(line, two, matrixFromRows([[11], [1]]))).toEqual({
      ari: 1,
      jaccard: [1, 1],
    });
    expect(agreementWith(line, two, matrixFromRows([[0], [11]])).jaccard).toEqual([1, 1]);
    const split = agreementWith(line, two, matrixFromRows([[0], [1.9], [11]]));
    expect(split.jaccard).toEqual([2 / 3, 1]);
    expect(
      stabilityOf(two, [
        { ari: 1, jaccard: [1, 1] },
        { ...split, ari: 0.5 },
      ]),
    ).toEqual({
      mean: 0.75,
      spread: Math.sqrt(0.125),
      clusters: [
        { label: 4, jaccard: (1 + 2 / 3) / 2, dissolved: 0 },
        { label: 9, jaccard: 1, dissolved: 0 },
      ],
    });
    expect(() => stabilityOf(two, [split])).toThrow('Stability needs 2 resamples at least, not 1.');
  });
});
