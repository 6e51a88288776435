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

/**
 * How a cluster comes back when customers are drawn anew, with replacement, and clustered again: with the cluster most
 * like it in each of those clusterings, what is in both is divided by what is in either (Jaccard). Hennig (2007),
 * Cluster-wise assessment of cluster stability.
 */
export const clusterStability = z.object({
  /** The mean over the resamples: below 0.6 the cluster is doubtful, from 0.75 stable. */
  jaccard: z.number(),
  /** The share of resamples in which nothing shares more than half with it. */
  dissolved: z.number(),
});

/** A cluster of a sweep; its stability is null where it was not asked for, or none of the cluster was drawn. */
export const sweptCluster = clusterProfile.extend({ stability: clusterStability.nullable() });

/** One k of a sweep: its clusters by falling mean monetary, as labels 0 .. k - 1 of the points. */
export const clusteringReport = z.object({
  k: z.number().int(),
  clusters: z.array(sweptCluster),
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

/** What would become of the segments there are if a k of a sweep were used. */
export const succession = z.object({
  k: z.number().int(),
  /** The segment that each cluster would be, in the order of labels. */
  clusters: z.array(
    z.object({
      segmentId: z.number().int(),
      /** What it would be called unless it is given a name. */
      segmentName: z.string(),
      /** Whether no segment of the present model goes on in it. */
      isNew: z.boolean(),
    }),
  ),
  /** Segments of the present model that no cluster goes on from. */
  ended: z.array(
    z.object({ segmentId: z.number().int(), segmentName: z.string(), customers: z.number() }),
  ),
  /** Customers who would keep their segment, get another, or get their first. */
  stay: z.number(),
  move: z.number(),
  arrive: z.number(),
  flows: z.array(flow),
});

/** The same of every k, against the model that places customers now. */
export const successions = z.discriminatedUnion('kind', [
  /** There is no model: every segment is new. */
  z.object({ kind: z.literal('first') }),
  /** The features were computed anew since the sweep. */
  z.object({ kind: z.literal('outdated') }),
  z.object({
    kind: z.literal('matched'),
    /** The model that places customers now. */
    version: z.number().int(),
    clusterings: z.array(succession),
  }),
]);

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
export type ClusterStability = z.infer<typeof clusterStability>;
export type SweptCluster = z.infer<typeof sweptCluster>;
export type Succession = z.infer<typeof succession>;
export type Successions = z.infer<typeof successions>;
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
