import { expect, it } from 'vitest';
import { featureRecipe, trainOptions } from '../../pipeline/contract/recipe.ts';
import { jobInput } from '../../pipeline/contract/schemas.ts';

it('a sweep from a greater k to a smaller one is refused, and one of a single k is not', () => {
  const sweep = { kind: 'sweep', options: trainOptions.parse({}) };
  expect(jobInput.safeParse({ ...sweep, from: 9, to: 3 }).error?.issues).toMatchObject([
    { path: ['to'], message: 'the last k must not be below the first' },
  ]);
  expect(jobInput.parse({ ...sweep, from: 3, to: 3 })).toMatchObject({ from: 3, to: 3 });
  expect(jobInput.parse(sweep)).toMatchObject({ from: 2, to: 10, silhouetteRows: 20_000 });
});

it('a treatment that does not exist is refused instead of being left out', () => {
  const columns = { monetary: { wieght: 2 } };
  expect(featureRecipe.safeParse({ columns }).success).toBe(false);
  expect(featureRecipe.parse({ columns: { monetary: { weight: 2 } } }).columns).toEqual({
    monetary: { weight: 2 },
  });
});
