import type { ClvReport } from '../contract/clv.ts';
import type { FeatureInfo, FeatureReport } from '../contract/features.ts';
import type { FeatureRecipe, SavedRecipe } from '../contract/recipe.ts';
import type { CohortCell, JobInput, KpiName, KpiReport, KpiSplit } from '../contract/schemas.ts';
import type {
  Comparison,
  CustomerExplanation,
  Flow,
  ModelInfo,
  ModelReport,
  Successions,
  SweepReport,
  TierCount,
} from '../contract/segmentation.ts';
import type { JobContext } from './job-context.ts';

/** What a host computes of the customers of its workspace; what a signal ends throws CANCELLED. */
export interface Analysis {
  featureList(signal?: AbortSignal): Promise<FeatureInfo[]>;
  featureReport(recipe: FeatureRecipe, signal?: AbortSignal): Promise<FeatureReport>;
  recipes(signal?: AbortSignal): Promise<SavedRecipe[]>;
  saveRecipe(input: { name: string; recipe: FeatureRecipe }): Promise<SavedRecipe>;
  removeRecipe(name: string): Promise<boolean>;
  clvReport(signal?: AbortSignal): Promise<ClvReport>;
  /** The latest sweep, null before the first. */
  sweepReport(): SweepReport | null;
  /** An Arrow IPC stream of every customer of a sweep; throws SWEEP_UNKNOWN where it is held no more. */
  sweepPoints(id: string): Uint8Array;
  /** Runs a sweep to its end and holds what came of it in place of the one before. */
  sweep(input: Extract<JobInput, { kind: 'sweep' }>, context: JobContext): Promise<SweepReport>;
  /** Who would become whom with each k of a sweep; throws SWEEP_UNKNOWN where it is held no more. */
  successions(id: string, signal?: AbortSignal): Promise<Successions>;
  models(signal?: AbortSignal): Promise<ModelInfo[]>;
  model(signal?: AbortSignal): Promise<ModelReport | null>;
  compare(versions: { from: number; to: number }, signal?: AbortSignal): Promise<Comparison>;
  migration(signal?: AbortSignal): Promise<Flow[]>;
  tiers(signal?: AbortSignal): Promise<TierCount[]>;
  explain(customerId: string, signal?: AbortSignal): Promise<CustomerExplanation>;
  rename(input: { segmentId: number; name: string }): Promise<void>;
  kpiSplit(
    input: { kpi: KpiName; from: string; to: string },
    signal?: AbortSignal,
  ): Promise<KpiSplit>;
  kpisAsOf(day: string, signal?: AbortSignal): Promise<KpiReport>;
  cohorts(signal?: AbortSignal): Promise<CohortCell[]>;
}
