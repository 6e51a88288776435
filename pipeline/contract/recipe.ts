import { z } from 'zod';

export const transform = z.enum(['none', 'log1p', 'yeo-johnson']);
export const scaling = z.enum(['none', 'standard', 'robust', 'minmax']);

/** What stands in for a value that a customer does not have; `refuse` trains only where everybody has one. */
export const missingRule = z.enum(['refuse', 'median', 'mean', 'zero']);

/** Values outside these quantiles are set to them. */
export const winsorise = z
  .strictObject({ lower: z.number().min(0).max(0.5), upper: z.number().min(0.5).max(1) })
  .refine(({ lower, upper }) => lower < upper, 'the lower quantile must be below the upper one');

const treatment = z.strictObject({
  missing: missingRule,
  winsorise: winsorise.nullable(),
  transform,
  scale: scaling,
  /** Multiplies the scaled feature: 2 makes its distances count twice. */
  weight: z.number().positive().max(100),
});

/** Which features, and how each is treated before distances are taken: a set for all, and what differs by feature. */
export const featureRecipe = z.object({
  features: z
    .array(z.string())
    .min(1)
    .transform((names) => [...new Set(names)])
    .default(['recency_days', 'frequency', 'monetary']),
  missing: missingRule.default('median'),
  winsorise: winsorise.nullable().default(null),
  transform: transform.default('log1p'),
  scale: scaling.default('standard'),
  columns: z.record(z.string(), treatment.partial()).default({}),
});

export const trainOptions = featureRecipe.extend({
  k: z.number().int().min(2).max(50).default(4),
  seed: z.number().int().min(0).max(0xffff_ffff).default(42),
  restarts: z.number().int().min(1).max(100).default(10),
});

/** What a segment may be called. */
export const segmentName = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .regex(/^\P{Cc}*$/u);

export const recipeName = z.string().trim().min(1).max(80);
export const savedRecipe = z.object({
  name: recipeName,
  recipe: featureRecipe,
  savedAt: z.string(),
});

/** A segment by rule: customers for whom the condition holds, such as `monetary > 1000 and frequency > 20`. */
export const tier = z.strictObject({ name: recipeName, when: z.string().min(1) });

export type Tier = z.infer<typeof tier>;
export type FeatureRecipe = z.infer<typeof featureRecipe>;
export type TrainOptions = z.infer<typeof trainOptions>;
export type SavedRecipe = z.infer<typeof savedRecipe>;
