import { z } from 'zod';
import { featureRecipe, scaling, trainOptions } from '../contract/recipe.ts';
import { fromScaling } from '../statistics/scaling/preprocessing.ts';

const fittedTransform = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('log1p') }),
  z.object({
    kind: z.literal('yeo-johnson'),
    lambda: z.number(),
    anchor: z.number(),
    minimum: z.number(),
    maximum: z.number(),
  }),
]);

const fittedColumn = z.object({
  impute: z.number().nullable(),
  bounds: z.object({ low: z.number(), high: z.number() }).nullable(),
  transform: fittedTransform,
  scaling,
  center: z.number(),
  scale: z.number(),
  weight: z.number(),
  missing: z.number(),
  clipped: z.number(),
});

const modelScores = z.object({
  inertia: z.number(),
  silhouette: z.number().nullable(),
  silhouetteRows: z.number(),
  calinskiHarabasz: z.number().nullable(),
  daviesBouldin: z.number().nullable(),
});

const common = {
  version: z.number().int(),
  features: z.array(z.string()),
  /** One row a segment, in the prepared space. */
  centroids: z.array(z.array(z.number())),
  segments: z.array(z.object({ id: z.number().int(), name: z.string() })),
  seed: z.number(),
  restarts: z.number(),
  asOf: z.string(),
  customers: z.number(),
};

/** A trained model as it is kept: enough to put a new customer into a segment without training. */
const secondFormat = z.object({
  format: z.literal(2),
  ...common,
  recipe: featureRecipe,
  preprocessing: z.object({ columns: z.array(fittedColumn) }),
  scores: modelScores,
  /** Of the customers trained on, whatever their order: the same again means the same data. */
  fingerprint: z.string().nullable(),
  /** How each feature was spread then, against which drift is measured. */
  baselines: z.array(z.object({ edges: z.array(z.number()), shares: z.array(z.number()) })),
});

/** What the first versions of Strata kept: one transform and scaling for all features. */
const firstFormat = z
  .object({
    ...common,
    scaling: z.object({
      transform: z.enum(['none', 'log1p']),
      scaling,
      centers: z.array(z.number()),
      scales: z.array(z.number()),
    }),
    inertia: z.number(),
  })
  .transform(({ scaling: fitted, inertia, ...model }): z.infer<typeof secondFormat> => ({
    ...model,
    format: 2,
    recipe: featureRecipe.parse({
      features: model.features,
      missing: 'refuse',
      transform: fitted.transform,
      scale: fitted.scaling,
    }),
    preprocessing: { columns: [...fromScaling(fitted).columns] },
    scores: {
      inertia,
      silhouette: null,
      silhouetteRows: 0,
      calinskiHarabasz: null,
      daviesBouldin: null,
    },
    fingerprint: null,
    baselines: [],
  }));

export const modelArtifact = z.union([secondFormat, firstFormat]);

export type ModelArtifact = z.infer<typeof secondFormat>;
export type ModelScores = z.infer<typeof modelScores>;

/** What would train this model again. */
export function optionsOf(model: ModelArtifact): z.infer<typeof trainOptions> {
  const { recipe, segments, seed, restarts } = model;
  return { ...recipe, k: segments.length, seed, restarts };
}
