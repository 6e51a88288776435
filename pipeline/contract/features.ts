import { z } from 'zod';

export const featureUnit = z.enum(['days', 'count', 'money', 'share', 'number']);

/** A column that a recipe may use. */
export const featureInfo = z.object({
  name: z.string(),
  /** Where it stands, such as features.purchase_habits. */
  table: z.string(),
  label: z.string(),
  unit: featureUnit,
});

/** `counts[i]` values lie from `edges[i]` to below `edges[i + 1]`, the last bin with its upper edge; long tails are cut off. */
export const histogram = z.object({
  edges: z.array(z.number()),
  counts: z.array(z.number()),
  /** Values in the tails that were cut off. */
  below: z.number(),
  above: z.number(),
});

export const featureColumn = featureInfo.extend({
  missing: z.number(),
  distinct: z.number(),
  minimum: z.number().nullable(),
  lowerQuartile: z.number().nullable(),
  median: z.number().nullable(),
  upperQuartile: z.number().nullable(),
  maximum: z.number().nullable(),
  mean: z.number().nullable(),
  deviation: z.number().nullable(),
  skewness: z.number().nullable(),
  /** What missing values became, in the feature's own units. */
  imputed: z.number().nullable(),
  /** How many values winsorising moved. */
  clipped: z.number(),
  /** Of Yeo and Johnson, where that transform is used. */
  lambda: z.number().nullable(),
  before: histogram,
  after: histogram,
  skewnessAfter: z.number().nullable(),
  /** Of the squared distances between customers, the part that is this feature's. */
  share: z.number().nullable(),
  inflation: z.number().nullable(),
});

export const finding = z.object({
  kind: z.string(),
  severity: z.enum(['note', 'warning', 'error']),
  features: z.array(z.string()),
  sentence: z.string(),
});

/** What a recipe does to the customers there are, before anything is trained. */
export const featureReport = z.object({
  asOf: z.string(),
  customers: z.number(),
  columns: z.array(featureColumn),
  /** Spearman's, of the values as they are; null where one of the two is constant. */
  correlation: z.array(z.array(z.number().nullable())),
  findings: z.array(finding),
});

export type FeatureInfo = z.infer<typeof featureInfo>;
export type FeatureColumn = z.infer<typeof featureColumn>;
export type Finding = z.infer<typeof finding>;
export type FeatureReport = z.infer<typeof featureReport>;
