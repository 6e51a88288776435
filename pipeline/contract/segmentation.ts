import { z } from 'zod';
import { trainOptions } from './recipe.ts';

/** One k's scores, named as `--json` prints them; null where a score is not defined or was not asked for. */
export const sweepRow = z.object({
  k: z.number().int(),
  inertia: z.number(),
  silhouette: z.number().nullable(),
  calinski_harabasz: z.number().nullable(),
  davies_bouldin: z.number().nullable(),
  gap: z.number().nullable(),
  gap_se: z.number().nullable(),
  /** Mean adjusted Rand index against clusterings of bootstrap samples. */
  stability: z.number().nullable(),
  /** How many rows the silhouette was computed from. */
  silhouette_rows: z.number().int(),
  smallest_size: z.number().int(),
  /** The share of all rows that the smallest cluster has. */
  smallest_share: z.number(),
});

/** What sets one feature of a segment apart from all other customers. */
export const featureEffect = z.object({
  feature: z.string(),
  label: z.string(),
  mean: z.number(),
  median: z.number(),
  restMean: z.number(),
  /** Cohen's d against the rest; null where neither varies. */
  cohensD: z.number().nullable(),
  /** The chance that a customer of the segment has more than one of the rest. */
  superiority: z.number().nullable(),
});

export const clusterProfile = z.object({
  customers: z.number(),
  share: z.number(),
  /** In the features' own units, in the recipe's order. */
  centre: z.array(z.number()),
  silhouette: z.number().nullable(),
  effects: z.array(featureEffect),
  /** The profile in a sentence. */
  sentence: z.string(),
});

/** One k of a sweep: its clusters by falling mean monetary, as labels 0 .. k - 1 of the points. */
export const clusteringReport = z.object({
  k: z.number().int(),
  clusters: z.array(clusterProfile),
});

export const sweepReport = z.object({
  id: z.string(),
  asOf: z.string(),
  customers: z.number(),
  options: trainOptions,
  features: z.array(z.object({ name: z.string(), label: z.string() })),
  sweep: z.array(sweepRow),
  /** Each k asked for that needs more different customers than there are. */
  dropped: z.array(z.number().int()),
  /** From how many customers the gap statistic and stability were computed; null where they were not. */
  gapRows: z.number().nullable(),
  stabilityRows: z.number().nullable(),
  elbow: z.number().int().nullable(),
  recommended: z.number().int().nullable(),
  reason: z.string(),
  /** The two principal components that points are drawn on: each feature's loading, and the share of variance. */
  components: z.array(z.object({ loadings: z.array(z.number()), share: z.number() })),
  clusterings: z.array(clusteringReport),
});

export const segmentRule = z.object({
  segmentId: z.number().int(),
  segmentName: z.string(),
  /** Such as "recency_days <= 41.5 and monetary > 930". */
  when: z.string(),
  customers: z.number(),
  precision: z.number(),
});

export const modelInfo = z.object({
  version: z.number().int(),
  trainedAt: z.string(),
  asOf: z.string(),
  k: z.number().int(),
  features: z.array(z.string()),
  customers: z.number(),
  inertia: z.number(),
  silhouette: z.number().nullable(),
  current: z.boolean(),
});

/** The model that places customers now, and what its segments are like. */
export const modelReport = modelInfo.extend({
  options: trainOptions,
  /** From how many customers the segments' silhouettes were computed. */
  silhouetteRows: z.number(),
  fingerprint: z.string().nullable(),
  segments: z.array(
    clusterProfile.extend({ segmentId: z.number().int(), segmentName: z.string() }),
  ),
  rules: z.array(segmentRule),
  /** The share of customers whom the rules put where the model does. */
  fidelity: z.number().nullable(),
  /** How far today's customers have moved since training, by feature: population stability index. */
  drift: z.array(z.object({ feature: z.string(), index: z.number() })),
});

export const flow = z.object({
  fromId: z.number().int().nullable(),
  fromName: z.string().nullable(),
  toId: z.number().int().nullable(),
  toName: z.string().nullable(),
  customers: z.number(),
});

/** A segment by rule: how many customers it has, and what they bring. */
export const tierCount = z.object({
  rank: z.number().int(),
  tier: z.string(),
  customers: z.number(),
  orders: z.number(),
  revenue: z.number(),
});

export const comparison = z.object({
  from: modelInfo,
  to: modelInfo,
  /** Adjusted Rand index of the two on today's customers. */
  agreement: z.number(),
  moved: z.number(),
  flows: z.array(flow),
});

export const smallestChange = z.object({
  toId: z.number().int(),
  toName: z.string(),
  changes: z.array(
    z.object({ feature: z.string(), label: z.string(), from: z.number(), to: z.number() }),
  ),
  distance: z.number(),
  sentence: z.string(),
});

export const customerExplanation = z.object({
  customerId: z.string(),
  segmentId: z.number().int(),
  segmentName: z.string(),
  modelVersion: z.number().int(),
  sentence: z.string(),
  /** From 0 on the border to the next segment to 1 on the own centre. */
  confidence: z.number(),
  distances: z.array(
    z.object({ segmentId: z.number(), segmentName: z.string(), distance: z.number() }),
  ),
  nearestOther: z.string().nullable(),
  features: z.array(
    z.object({
      feature: z.string(),
      label: z.string(),
      value: z.number(),
      imputed: z.boolean(),
      segmentCentre: z.number(),
      otherCentre: z.number().nullable(),
      /** By how much it speaks for the segment against the nearest other: difference of squared distances. */
      inFavour: z.number().nullable(),
    }),
  ),
  changes: z.array(smallestChange),
});

export type SweepRow = z.infer<typeof sweepRow>;
export type FeatureEffect = z.infer<typeof featureEffect>;
export type ClusterProfile = z.infer<typeof clusterProfile>;
export type ClusteringReport = z.infer<typeof clusteringReport>;
export type SweepReport = z.infer<typeof sweepReport>;
export type SegmentRule = z.infer<typeof segmentRule>;
export type ModelInfo = z.infer<typeof modelInfo>;
export type ModelReport = z.infer<typeof modelReport>;
export type Flow = z.infer<typeof flow>;
export type TierCount = z.infer<typeof tierCount>;
export type Comparison = z.infer<typeof comparison>;
export type SmallestChange = z.infer<typeof smallestChange>;
export type CustomerExplanation = z.infer<typeof customerExplanation>;
