import type { FeatureRecipe } from '../../../pipeline/contract/recipe.ts';
import type { KpiName } from '../../../pipeline/contract/schemas.ts';

export interface KpiChange {
  readonly kpi: KpiName;
  readonly from: string;
  readonly to: string;
}

export const queryKeys = {
  /** Everything that a job may change. */
  data: ['data'] as const,
  status: ['data', 'status'] as const,
  kpis: ['data', 'kpis'] as const,
  kpiSplit: (asked: KpiChange | null) => ['data', 'kpi-split', asked] as const,
  cohorts: ['data', 'cohorts'] as const,
  clv: ['data', 'clv'] as const,
  scatter: (x: string, y: string, limit: number) => ['data', 'scatter', x, y, limit] as const,
  page: (table: string, offset: number, limit: number) =>
    ['data', 'page', table, offset, limit] as const,
  features: ['data', 'features'] as const,
  featureReport: (recipe: FeatureRecipe) => ['data', 'feature-report', recipe] as const,
  recipes: ['recipes'] as const,
  sweep: ['data', 'sweep'] as const,
  /** A sweep's customers never change, so no job makes them stale. */
  sweepPoints: (id: string) => ['sweep-points', id] as const,
  /** Who becomes whom hangs on the model there is, too. */
  successions: (id: string) => ['data', 'successions', id] as const,
  models: ['data', 'models'] as const,
  comparison: (from: number, to: number) => ['data', 'comparison', from, to] as const,
  model: ['data', 'model'] as const,
  migration: ['data', 'migration'] as const,
  explanation: (customerId: string) => ['data', 'explanation', customerId] as const,
  jobs: ['jobs'] as const,
  secrets: ['secrets'] as const,
};
