import { z } from 'zod';

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

export const kpiReport = z.object({
  asOf: z.string().nullable(),
  periodDays: z.number(),
  churnDays: z.number(),
  current: z.array(kpiRow),
  monthly: z.array(monthlyKpiRow),
});

export const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);

export const tablePage = z.object({
  table: z.string(),
  columns: z.array(z.object({ name: z.string(), type: z.string() })),
  rows: z.array(z.array(cell)),
  total: z.number(),
});

export const transform = z.enum(['none', 'log1p']);
export const scaling = z.enum(['none', 'standard', 'robust', 'minmax']);

export const trainOptions = z.object({
  k: z.number().int().min(2).max(50).default(4),
  features: z
    .array(z.string())
    .min(1)
    .transform((names) => [...new Set(names)])
    .default(['recency_days', 'frequency', 'monetary']),
  transform: transform.default('log1p'),
  scale: scaling.default('standard'),
  seed: z.number().int().min(0).max(0xffff_ffff).default(42),
  restarts: z.number().int().min(1).max(100).default(10),
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
  }),
  z.object({ kind: z.literal('run') }),
  z.object({ kind: z.literal('train'), options: trainOptions }),
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
export type KpiReport = z.infer<typeof kpiReport>;
export type Cell = z.infer<typeof cell>;
export type TablePage = z.infer<typeof tablePage>;
export type TrainOptions = z.infer<typeof trainOptions>;
export type KafkaFrom = z.infer<typeof kafkaFrom>;
export type JobInput = z.infer<typeof jobInput>;
export type JobEvent = z.infer<typeof jobEvent>;
export type JobInfo = z.infer<typeof jobInfo>;
