import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { featureRecipe } from '../../pipeline/contract/recipe.ts';
import { prepareFeatures } from '../../pipeline/segmentation/prepare-features.ts';
import { kmeans } from '../../pipeline/statistics/clustering/kmeans.ts';
import { effectSizes } from '../../pipeline/statistics/explanation/effect-sizes.ts';
import { createRandom } from '../../pipeline/statistics/random.ts';
import { assessFeatures } from '../../pipeline/statistics/scaling/feature-quality.ts';
import { spearmanCorrelations } from '../../pipeline/statistics/scaling/correlation.ts';
import { principalComponents } from '../../pipeline/statistics/scaling/pca.ts';
import {
  calinskiHarabasz,
  daviesBouldin,
  inertia,
} from '../../pipeline/statistics/scores/cluster-scores.ts';
import { baselineOf } from '../../pipeline/statistics/scores/population-stability.ts';

const recipes = [
  { transform: 'log1p', scale: 'standard', missing: 'median' },
  { transform: 'yeo-johnson', scale: 'robust', missing: 'mean' },
  { transform: 'none', scale: 'minmax', missing: 'zero', winsorise: { lower: 0.02, upper: 0.97 } },
  {
    transform: 'yeo-johnson',
    scale: 'standard',
    missing: 'mean',
    winsorise: { lower: 0, upper: 0.99 },
  },
].map((recipe) =>
  featureRecipe.parse({ ...recipe, features: ['money', 'days', 'visits', 'rate'] }),
);

/** One heavy tail, one at an offset, one of counts with gaps, one of both signs. */
function customers(seed: number, rows: number): Float64Array[] {
  const random = createRandom(seed);
  const drawn = [
    () => 50 * Math.exp(1.2 * random.normal()),
    () => 1e6 + random.normal(),
    () => (random.integer(20) === 0 ? Number.NaN : random.integer(9) - 0.1),
    () => random.normal() ** 3,
  ];
  return drawn.map((draw) => Float64Array.from({ length: rows }, draw));
}

function shuffle(rows: number, seed: number): Int32Array {
  const random = createRandom(seed);
  const order = Int32Array.from({ length: rows }, (_, row) => row);
  for (let row = rows - 1; row > 0; row -= 1) {
    const other = random.integer(row + 1);
    [order[row], order[other]] = [order[other] ?? 0, order[row] ?? 0];
  }
  return order;
}

/** Everything between columns as they were read and what is said of clusters. */
function analyse(columns: readonly Float64Array[], recipe: (typeof recipes)[number]) {
  const { matrix, fitted } = prepareFeatures(columns, recipe);
  const options = { k: 6, seed: 42, restarts: 4, maxIterations: 300, tolerance: 1e-4 };
  const { labels, ...fit } = kmeans(matrix, options);
  return {
    labels,
    rest: {
      fitted,
      fit,
      components: principalComponents(matrix),
      inertia: inertia(matrix, fit.centroids, labels),
      calinskiHarabasz: calinskiHarabasz(matrix, labels),
      daviesBouldin: daviesBouldin(matrix, labels),
      effects: effectSizes(matrix, labels),
      quality: assessFeatures({ columns, prepared: matrix, labels }),
      correlations: spearmanCorrelations(columns),
      baselines: columns.map((column) => baselineOf(column.filter((x) => !Number.isNaN(x)))),
    },
  };
}

describe('customers in another order', () => {
  test.each(recipes)(
    'are in the same segments, byte for byte: $transform, $scale, missing $missing',
    (recipe) => {
      const seeds = fc.integer({ min: 0, max: 1e6 });
      fc.assert(
        fc.property(seeds, fc.integer({ min: 100, max: 700 }), (seed, rows) => {
          const columns = customers(seed, rows);
          const order = shuffle(rows, seed + 1);
          const permuted = columns.map((column) =>
            Float64Array.from(order, (row) => column[row] ?? 0),
          );
          const once = analyse(columns, recipe);
          const again = analyse(permuted, recipe);
          expect(again.rest).toEqual(once.rest);
          expect(again.labels).toEqual(Int32Array.from(order, (row) => once.labels[row] ?? -1));
        }),
        { numRuns: 12, seed: 1 },
      );
    },
  );

  test('are so too where the power of Yeo-Johnson is fitted to a sample', () => {
    const rows = 30_000;
    const [money = new Float64Array()] = customers(3, rows);
    const permuted = Float64Array.from(shuffle(rows, 4), (row) => money[row] ?? 0);
    const recipe = featureRecipe.parse({ features: ['money'], transform: 'yeo-johnson' });
    expect(prepareFeatures([permuted], recipe).fitted).toEqual(
      prepareFeatures([money], recipe).fitted,
    );
  });
});
