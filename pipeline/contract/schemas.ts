import { z } from 'zod';
import { LONGEST_AUTHORITY } from './certificate-authority.ts';
import { kafkaSasl } from './secrets.ts';
import { segmentName, trainOptions } from './recipe.ts';

/** The step counts that must add up: read = accepted + duplicate + quarantined + ignored. */
export const stepCounts = z.object({
  read: z.number().int(),
  accepted: z.number().int(),
  duplicate: z.number().int(),
  quarantined: z.number().int(),
  ignored: z.number().int(),
});

export const stepReport = stepCounts.extend({
  step: z.string(),
  status: z.enum(['done', 'skipped', 'failed']),
  milliseconds: z.number(),
});

export const runReport = z.object({
  runId: z.number().int(),
  status: z.enum(['done', 'failed', 'cancelled']),
  asOf: z.string().nullable(),
  steps: z.array(stepReport),
  milliseconds: z.number(),
});

export const tableInfo = z.object({ layer: z.string(), name: z.string(), rows: z.number() });

export const workspaceStatus = z.object({
  path: z.string(),
  name: z.string(),
  asOf: z.string().nullable(),
  tables: z.array(tableInfo),
  sources: z.array(
    z.object({ name: z.string(), kind: z.string(), preset: z.string(), records: z.number() }),
  ),
  quarantine: z.array(z.object({ reason: z.string(), records: z.number() })),
  totals: stepCounts,
  /** Records that landed in raw after the last run that finished: what the charts do not show yet. */
  pending: z.number(),
  lastRun: runReport.nullable(),
  model: z.object({ version: z.number(), k: z.number(), features: z.array(z.string()) }).nullable(),
  presets: z.array(z.object({ name: z.string(), description: z.string() })),
});

/** One segment's KPIs; `segmentId` null is the whole. A rate is null where its denominator is 0. */
export const kpiRow = z.object({
  segmentId: z.number().nullable(),
  segmentName: z.string().nullable(),
  customers: z.number(),
  orders: z.number(),
  revenue: z.number(),
  clvGrowth: z.number().nullable(),
  churnRate: z.number().nullable(),
  aov: z.number().nullable(),
  contribution: z.number().nullable(),
});

export const monthlyKpiRow = kpiRow.extend({ month: z.string() });

/** Where the true value lies with the report's confidence, or why that cannot be said. */
export const kpiInterval = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('interval'), low: z.number(), high: z.number() }),
  z.object({ kind: z.literal('too-few'), customers: z.number(), needed: z.number() }),
  z.object({ kind: z.literal('no-value') }),
]);

export const kpiIntervals = z.object({
  segmentId: z.number().nullable(),
  clvGrowth: kpiInterval,
  churnRate: kpiInterval,
  aov: kpiInterval,
  contribution: kpiInterval,
});

export const kpiName = z.enum(['clv_growth', 'churn_rate', 'aov']);

const splitTerms = { mix: z.number(), rate: z.number(), migration: z.number() };

/** The change of a KPI of the whole between two days, by today's model: the three terms sum to it exactly. */
export const kpiSplit = z.object({
  kpi: kpiName,
  from: z.string(),
  to: z.string(),
  before: z.number(),
  after: z.number(),
  change: z.number(),
  ...splitTerms,
  arrivals: z.number(),
  departures: z.number(),
  segments: z.array(z.object({ segmentId: z.number(), segmentName: z.string(), ...splitTerms })),
});

/** Customers by the month of their first purchase, and what they did in each month after it. */
export const cohortCell = z.object({
  cohort: z.string(),
  age: z.number().int(),
  customers: z.number(),
  active: z.number(),
  revenue: z.number(),
});

export const kpiReport = z.object({
  asOf: z.string().nullable(),
  periodDays: z.number(),
  churnDays: z.number(),
  current: z.array(kpiRow),
  /** Of the same rows, at this confidence. */
  level: z.number(),
  intervals: z.array(kpiIntervals),
  monthly: z.array(monthlyKpiRow),
});

export const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);

export const tablePage = z.object({
  table: z.string(),
  columns: z.array(z.object({ name: z.string(), type: z.string() })),
  rows: z.array(z.array(cell)),
  total: z.number(),
});

export const kafkaFrom = z.union([
  z.enum(['earliest', 'latest']),
  z.object({ timestamp: z.string() }),
  z.object({ offset: z.number().int().min(0) }),
]);

export const jobInput = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('demo'),
    customers: z.number().int().min(50).max(1_000_000).default(2000),
    seed: z.number().int().min(0).default(42),
  }),
  z.object({ kind: z.literal('ingest-file'), path: z.string().min(1), preset: z.string().min(1) }),
  z.object({
    kind: z.literal('ingest-kafka'),
    brokers: z.array(z.string().min(1)).min(1),
    topic: z.string().min(1),
    preset: z.string().min(1),
    from: kafkaFrom.default('earliest'),
    ssl: z.boolean().default(false),
    /** PEM of the authority that is trusted in place of the public ones; then the connection is encrypted. */
    ca: z.string().min(1).max(LONGEST_AUTHORITY).optional(),
    sasl: kafkaSasl.optional(),
  }),
  z.object({ kind: z.literal('run') }),
  z.object({
    kind: z.literal('train'),
    options: trainOptions,
    /** What to call the clusters, by falling mean monetary as a sweep has them; null leaves a name to Strata. */
    names: z.array(segmentName.nullable()).max(50).optional(),
  }),
  /** Tries every k of a range; what came of it is asked for by `segments.sweep`. */
  z
    .object({
      kind: z.literal('sweep'),
      options: trainOptions,
      from: z.number().int().min(2).max(50).default(2),
      to: z.number().int().min(2).max(50).default(10),
      gap: z.boolean().default(false),
      stability: z.boolean().default(false),
      /** The silhouette is computed from so many customers; null takes all of them. */
      silhouetteRows: z.number().int().min(100).nullable().default(20_000),
    })
    .refine(({ from, to }) => from <= to, {
      path: ['to'],
      message: 'the last k must not be below the first',
    }),
  /** Fits predicted CLV anew and writes features.customer_clv. */
  z.object({ kind: z.literal('clv') }),
]);

export const errorMessage = z.object({
  code: z.string(),
  message: z.string(),
  next: z.string(),
});

export const jobEvent = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('progress'),
    step: z.string(),
    message: z.string(),
    done: z.number().optional(),
    total: z.number().optional(),
  }),
  z.object({ kind: z.literal('done'), summary: z.string() }),
  z.object({ kind: z.literal('failed'), error: errorMessage }),
  z.object({ kind: z.literal('cancelled') }),
]);

export const jobInfo = z.object({
  id: z.string(),
  kind: z.string(),
  title: z.string(),
  startedAt: z.string(),
  last: jobEvent.nullable(),
});

export type StepCounts = z.infer<typeof stepCounts>;
export const noCounts: StepCounts = {
  read: 0,
  accepted: 0,
  duplicate: 0,
  quarantined: 0,
  ignored: 0,
};

export type StepReport = z.infer<typeof stepReport>;
export type RunReport = z.infer<typeof runReport>;
export type WorkspaceStatus = z.infer<typeof workspaceStatus>;
export type KpiRow = z.infer<typeof kpiRow>;
export type MonthlyKpiRow = z.infer<typeof monthlyKpiRow>;
export type KpiInterval = z.infer<typeof kpiInterval>;
export type KpiIntervals = z.infer<typeof kpiIntervals>;
export type KpiName = z.infer<typeof kpiName>;
export type KpiSplit = z.infer<typeof kpiSplit>;
export type CohortCell = z.infer<typeof cohortCell>;
export type KpiReport = z.infer<typeof kpiReport>;
export type Cell = z.infer<typeof cell>;
export type TablePage = z.infer<typeof tablePage>;
export type KafkaFrom = z.infer<typeof kafkaFrom>;
export type JobInput = z.infer<typeof jobInput>;
export type JobEvent = z.infer<typeof jobEvent>;
export type JobInfo = z.infer<typeof jobInfo>;
