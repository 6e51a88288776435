import { describe, expect, test } from 'vitest';
import { type Recommendation, recommendK } from '../../pipeline/segmentation/recommend-k.ts';
import type { ScoredK } from '../../pipeline/segmentation/scored-k.ts';
import { type Matrix, matrixFromRows } from '../../pipeline/statistics/matrix.ts';
import { createRandom } from '../../pipeline/statistics/random.ts';
import { principalComponents } from '../../pipeline/statistics/scaling/pca.ts';
import {
  applyScaling,
  fitScaling,
  type Transform,
} from '../../pipeline/statistics/scaling/scaling.ts';
import { bootstrapStability } from '../../pipeline/statistics/scores/bootstrap-stability.ts';
import {
  calinskiHarabasz,
  daviesBouldin,
} from '../../pipeline/statistics/scores/cluster-scores.ts';
import { elbow } from '../../pipeline/statistics/scores/elbow.ts';
import { gapStatistic } from '../../pipeline/statistics/scores/gap-statistic.ts';
import { silhouette } from '../../pipeline/statistics/scores/silhouette.ts';
import { lloyd } from '../statistics/scores/lloyd.ts';

const KS = [2, 3, 4, 5, 6, 7];

/** The scores that a sweep always has. */
function plainSweep(matrix: Matrix): ScoredK[] {
  return KS.map((k) => {
    const { labels, inertia } = lloyd(matrix, k, 1, 8);
    const sizes = Array.from({ length: k }, (_, c) => labels.filter((label) => label === c).length);
    return {
      k,
      inertia,
      silhouette: silhouette(matrix, labels).value,
      calinski_harabasz: calinskiHarabasz(matrix, labels),
      davies_bouldin: daviesBouldin(matrix, labels),
      silhouette_rows: matrix.rows,
      smallest_share: Math.min(...sizes) / matrix.rows,
    };
  });
}

/** Everything a sweep can be asked for. */
function fullSweep(matrix: Matrix): { rows: ScoredK[]; advice: Recommendation } {
  const inertiaOf = (rows: Matrix, k: number, seed: number): number =>
    lloyd(rows, k, seed, 3).inertia;
  const gaps = gapStatistic(matrix, {
    ks: [1, ...KS],
    references: 10,
    seed: 2,
    axes: principalComponents(matrix).components,
    fit: inertiaOf,
  }).rows;
  const rows = plainSweep(matrix).map((row) => {
    const found = gaps.find(({ k }) => k === row.k);
    const { labels } = lloyd(matrix, row.k, 1, 8);
    const stability = bootstrapStability(matrix, {
      labels,
      k: row.k,
      resamples: 12,
      seed: 3,
      fit: (sample, k, seed) => lloyd(sample, k, seed, 3).centroids,
    }).mean;
    return {
      ...row,
      gap: found?.gap ?? null,
      gap_se: found?.standardError ?? null,
      stability,
      smallest_size: Math.round(row.smallest_share * matrix.rows),
    };
  });
  return { rows, advice: recommendK(rows, { elbow: elbow(rows), gapAtOne: gaps[0]?.gap ?? null }) };
}

function groups(centers: readonly (readonly number[])[], rows: number): Matrix {
  const random = createRandom(71);
  return matrixFromRows(
    Array.from({ length: rows }, (_, row) =>
      (centers[row % centers.length] ?? []).map((value) => value + random.normal()),
    ),
  );
}

/** Log-normal spend and orders of shoppers, a few of whom spend a thousand times as much. */
function shoppers(transform: Transform, whales: number): Matrix {
  const random = createRandom(72);
  const rows = Array.from({ length: 1500 }, (_, row) => {
    const orders = 1 + Math.floor(Math.exp(1 + 0.8 * random.normal()));
    const price = Math.exp(3 + 0.5 * random.normal()) * (row < whales ? 1000 : 1);
    return [Math.floor(Math.exp(4 + random.normal())), orders, orders * price];
  });
  const matrix = matrixFromRows(rows);
  return applyScaling(matrix, fitScaling(matrix, { transform, scaling: 'standard' }));
}

function spend(sigma: number): Matrix {
  const random = createRandom(73);
  const matrix = matrixFromRows(
    Array.from({ length: 1200 }, () => [Math.exp(4 + sigma * random.normal())]),
  );
  return applyScaling(matrix, fitScaling(matrix, { transform: 'none', scaling: 'standard' }));
}

function highestSilhouette(rows: readonly ScoredK[]): number | undefined {
  return rows.toSorted((a, b) => (b.silhouette ?? -1) - (a.silhouette ?? -1))[0]?.k;
}

describe('the recommended k', () => {
  test.each([3, 4, 5])('is the number of groups in the data, all scores given: %i', (count) => {
    const centers = Array.from({ length: count }, (_, group) => [
      8 * Math.cos(group),
      8 * Math.sin(group * 2),
      group * 3,
    ]);
    const { advice } = fullSweep(groups(centers, 300));
    expect(advice.k).toBe(count);
    expect(advice.reason).toMatch(
      new RegExp(`^The silhouette of k = ${count} \\(0\\.\\d\\d\\) is (the best|within 5%)`),
    );
    expect(advice.reason).toContain('Calinski-Harabasz (');
    expect(advice.reason).toContain('the elbow of the inertia agree');
    expect(advice.reason).toContain('fall into nearly the same segments');
    expect(advice.reason).not.toContain('weak');
  });

  test('is 2 where there really are two groups', () => {
    const { k, reason } = recommendK(
      plainSweep(
        groups(
          [
            [0, 0],
            [12, 0],
          ],
          400,
        ),
      ),
    );
    expect(k).toBe(2);
    expect(reason).toContain('The smallest segment holds 50.0% of the customers.');
  });

  test('is 2 where two groups as large stand five deviations apart, whatever was computed', () => {
    const blobs = groups(
      [
        [0, 0, 0],
        [5, 0, 0],
      ],
      400,
    );
    expect(recommendK(plainSweep(blobs)).k).toBe(2);
    const { advice } = fullSweep(blobs);
    expect(advice.k).toBe(2);
    expect(advice.reason).toMatch(
      /Calinski-Harabasz \(\d+\), Davies-Bouldin \(0\.\d\d\) and the gap statistic \(\d\.\d\d\) agree\./,
    );
  });

  test('is not the 2 that cuts a continuum across its longest side, though other scores like it too', () => {
    const random = createRandom(75);
    const oblong = matrixFromRows(
      Array.from({ length: 500 }, () => [2.4 * random.float(), random.float()]),
    );
    const correlated = matrixFromRows(
      Array.from({ length: 500 }, () => {
        const common = 1.2 * random.normal();
        return [1, 2, 3].map(() => common + random.normal());
      }),
    );
    for (const continuum of [oblong, correlated]) {
      const { rows, advice } = fullSweep(continuum);
      expect(highestSilhouette(rows)).toBe(2);
      expect(
        rows.every((row) => (rows[0]?.calinski_harabasz ?? 0) >= (row.calinski_harabasz ?? 0)),
      ).toBe(true);
      expect(advice.k).not.toBe(2);
      const plain = recommendK(plainSweep(continuum));
      expect(plain.k).not.toBe(2);
      expect(plain.reason).toContain('Calinski-Harabasz points to k = 2 (');
    }
  });

  test('is not 2 where one of two strong halves is two groups itself', () => {
    const nested = groups(
      [
        [0, 0],
        [4.5, 0],
        [12, 3],
      ],
      450,
    );
    const rows = plainSweep(nested);
    expect(highestSilhouette(rows)).toBe(2);
    expect(recommendK(rows).k).toBe(3);
  });

  test('on raw spend is not the k = 2 that sets a handful of huge customers apart', () => {
    const rows = plainSweep(shoppers('none', 3));
    expect(highestSilhouette(rows)).toBe(2);
    const { k, reason } = recommendK(rows);
    expect(k).not.toBe(2);
    expect(reason).toMatch(/0\.\d\d%/);
    expect(reason).toContain('log1p');
    expect(recommendK(plainSweep(shoppers('log1p', 3))).k).toBeGreaterThan(2);
  });

  test.each([0.6, 0.8, 1, 1.2, 1.5, 2])(
    'on raw log-normal spend without outliers (sigma %f) is not the 2 that cuts off its tail',
    (sigma) => {
      const rows = plainSweep(spend(sigma));
      expect(highestSilhouette(rows)).toBe(2);
      expect(recommendK(rows).k).not.toBe(2);
    },
  );

  test('for customers spread evenly comes with a warning that there are no groups', () => {
    const random = createRandom(74);
    const even = matrixFromRows(
      Array.from({ length: 400 }, () => [random.float(), random.float()]),
    );
    const { advice } = fullSweep(even);
    expect(advice.reason).toContain(
      'The structure is weak: the gap statistic finds no more groups than evenly spread customers have',
    );
    const cloud = Array.from({ length: 400 }, () => [1, 2, 3, 4, 5].map(() => random.normal()));
    expect(fullSweep(matrixFromRows(cloud)).advice.k).toBe(null);
  });
});

const row = {
  inertia: 1,
  davies_bouldin: 1,
  silhouette_rows: 900,
  smallest_share: 0.2,
  smallest_size: 180,
};

describe('the reason for a recommended k', () => {
  test('names the scores that agree and those that do not, the smallest segment and what was passed over', () => {
    const rows = [
      {
        ...row,
        k: 2,
        silhouette: 0.95,
        calinski_harabasz: 900,
        smallest_share: 0.0012,
        smallest_size: 1,
      },
      {
        ...row,
        k: 3,
        silhouette: 0.6,
        calinski_harabasz: 700,
        stability: 0.5,
        gap: 0.5,
        gap_se: 0.01,
      },
      {
        ...row,
        k: 4,
        silhouette: 0.55,
        calinski_harabasz: 800,
        stability: 0.68,
        gap: 0.9,
        gap_se: 0.01,
      },
      {
        ...row,
        k: 5,
        silhouette: 0.4,
        calinski_harabasz: 500,
        stability: 0.9,
        gap: 0.8,
        gap_se: 0.01,
        davies_bouldin: 0.8,
      },
    ];
    expect(recommendK(rows, { elbow: 3, gapAtOne: 0.2 })).toEqual({
      k: 4,
      reason: [
        'The silhouette of k = 4 (0.55) is the best of the segmentations that can be acted upon.',
        'k = 2 has 0.95, but a segment of only 1 customer (0.12%).',
        'k = 3 has 0.60, but customers drawn anew fall into other segments (adjusted Rand index 0.50).',
        'Amounts as they are make such tails; the log1p transform evens them out.',
        'The gap statistic (0.90) agrees.',
        'Calinski-Harabasz points to k = 2 (900, here 800), Davies-Bouldin points to k = 5 (0.80, here 1.00) and the elbow of the inertia points to k = 3.',
        'The smallest segment holds 180 customers (20.0%).',
        'Customers drawn anew fall only roughly into the same segments (adjusted Rand index 0.68): their borders are uncertain.',
      ].join(' '),
    });
  });

  test('tells k that stand side by side and fail alike in one sentence, and advises nothing that was done', () => {
    const small = { ...row, calinski_harabasz: 9, smallest_share: 0.004, smallest_size: 12 };
    const rows = [
      { ...row, k: 2, silhouette: 0.4, calinski_harabasz: 9 },
      ...Array.from({ length: 16 }, (_, i) => ({ ...small, k: 4 + i, silhouette: 0.5 + i / 100 })),
      { ...row, k: 3, silhouette: 0.3, calinski_harabasz: 90 },
    ];
    const told = (treatment: 'as-they-are' | 'transformed' | 'winsorised'): string =>
      recommendK(rows, { treatment }).reason;
    const wall =
      ' k = 4 to 19 have 0.50 to 0.65, but each a segment too small, the smallest of 12 customers (0.40%).';
    expect(told('as-they-are')).toContain(`${wall} Amounts as they are make such tails;`);
    expect(told('transformed')).toContain(`${wall} What is left of such tails winsorising cuts`);
    expect(told('winsorised')).toContain(`${wall} `);
    for (const treatment of ['transformed', 'winsorised'] as const) {
      expect(told(treatment)).not.toContain('log1p');
      const none = recommendK(rows.slice(1, -1), { treatment });
      expect(none).toMatchObject({ k: null });
      expect(none.reason).toMatch(/: k = 4 to 19 leave a segment .* Try other features,? /);
      expect(none.reason).not.toContain('log1p');
    }
  });

  test('among equal silhouettes tells whether stability or Calinski-Harabasz decided', () => {
    const equal = [
      { ...row, k: 3, silhouette: 0.6, calinski_harabasz: 70 },
      { ...row, k: 4, silhouette: 0.595, calinski_harabasz: 90 },
      { ...row, k: 5, silhouette: 0.58, calinski_harabasz: 500 },
    ];
    expect(recommendK(equal)).toMatchObject({
      k: 4,
      reason: expect.stringContaining(
        'k = 3 and 4 are the best that can be acted upon, within 2% of each other; of these k = 4 (0.59) has the highest Calinski-Harabasz score (90.00).',
      ) as string,
    });
    const pointed = equal.map((one) => ({ ...one, gap: one.k === 3 ? 0.9 : 0.5, gap_se: 0.01 }));
    expect(recommendK(pointed, { elbow: 3, gapAtOne: 0.1 }).k).toBe(3);
    expect(recommendK(pointed, { elbow: 4, gapAtOne: 0.1 }).k).toBe(4);
    const known = equal.map((one) => ({ ...one, stability: one.k === 3 ? 0.95 : 0.8 }));
    expect(recommendK(known)).toMatchObject({
      k: 3,
      reason: expect.stringContaining(
        'comes back most surely when customers are drawn anew',
      ) as string,
    });
  });

  test('is why none is recommended where something speaks against each', () => {
    const scores = { ...row, calinski_harabasz: 9 };
    const rows = [
      { ...scores, k: 2, silhouette: 0.6 },
      { ...scores, k: 3, silhouette: 0.5, stability: 0.4 },
      { ...scores, k: 4, silhouette: 0.9, smallest_share: 0.001 },
      { ...scores, k: 5, silhouette: 0.9, smallest_size: 4 },
      { ...scores, k: 6, silhouette: null },
    ];
    expect(recommendK(rows)).toEqual({
      k: null,
      reason: [
        'No k is to be recommended: k = 2 makes two segments, too few unless just two groups stand clearly apart (silhouette 0.60);',
        'k = 3 gives other segments when customers are drawn anew (adjusted Rand index 0.40 at most);',
        'k = 4 and 5 leave a segment below 1% of the customers or of fewer than 5 (the smallest holds 0.10%);',
        'k = 6 has no silhouette. Try the log1p transform, other features or other k.',
      ].join(' '),
    });
    expect(
      recommendK([{ ...scores, k: 2, silhouette: 0.9, smallest_share: 0.08 }]).reason,
    ).toContain(
      'k = 2 only sets 8.0% of the customers apart from all the others (silhouette 0.90)',
    );
    expect(recommendK([])).toEqual({
      k: null,
      reason: 'No k is to be recommended: the sweep has none from 2 on.',
    });
  });

  test('is that there are no groups where the silhouette is low and no gap is above that of k = 1', () => {
    const rows = [2, 3, 4].map((k) => ({
      ...row,
      k,
      silhouette: 0.2 - k / 100,
      calinski_harabasz: 9,
      gap: 0.1,
      gap_se: 0.02,
    }));
    expect(recommendK(rows, { gapAtOne: 0.07 })).toMatchObject({
      k: null,
      reason: expect.stringContaining('the best silhouette is only 0.17 (k = 3)') as string,
    });
    expect(recommendK(rows, { gapAtOne: 0.05 }).k).toBe(3);
    expect(recommendK(rows).k).toBe(3);
  });
});
