import {
  keepPreviousData,
  skipToken,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import type { FeatureRecipe } from '../../pipeline/contract/recipe.ts';
import type { KpiName } from '../../pipeline/contract/schemas.ts';
import type { ModelReport } from '../../pipeline/contract/segmentation.ts';
import { useHost } from './host-context.tsx';

interface KpiChange {
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
  models: ['data', 'models'] as const,
  comparison: (from: number, to: number) => ['data', 'comparison', from, to] as const,
  model: ['data', 'model'] as const,
  migration: ['data', 'migration'] as const,
  explanation: (customerId: string) => ['data', 'explanation', customerId] as const,
  jobs: ['jobs'] as const,
  secrets: ['secrets'] as const,
};

export function useStatus({ enabled }: { enabled: boolean }) {
  const { client } = useHost();
  return useQuery({
    queryKey: queryKeys.status,
    enabled,
    queryFn: ({ signal }) => client.workspace.status(undefined, { signal }),
  });
}

export function useKpiReport() {
  const { client } = useHost();
  return useQuery({
    queryKey: queryKeys.kpis,
    queryFn: ({ signal }) => client.kpis.report(undefined, { signal }),
  });
}

/** What moved a KPI between two days; the answer before stays until the next one is there. Null asks nothing. */
export function useKpiSplit(asked: KpiChange | null) {
  const { client } = useHost();
  return useQuery({
    queryKey: queryKeys.kpiSplit(asked),
    queryFn: asked === null ? skipToken : ({ signal }) => client.kpis.split(asked, { signal }),
    placeholderData: keepPreviousData,
  });
}

export function useCohorts() {
  const { client } = useHost();
  return useQuery({
    queryKey: queryKeys.cohorts,
    queryFn: ({ signal }) => client.kpis.cohorts(undefined, { signal }),
  });
}

/** Predicted CLV as it stands. */
export function useClvReport() {
  const { client } = useHost();
  return useQuery({
    queryKey: queryKeys.clv,
    queryFn: ({ signal }) => client.clv.report(undefined, { signal }),
  });
}

export function useScatter(input: { x: string; y: string; limit: number }) {
  const { client } = useHost();
  return useQuery({
    queryKey: queryKeys.scatter(input.x, input.y, input.limit),
    queryFn: async ({ signal }) => {
      const blob = await client.segments.scatter(input, { signal });
      return { x: input.x, y: input.y, bytes: new Uint8Array(await blob.arrayBuffer()) };
    },
    structuralSharing: false,
    placeholderData: keepPreviousData,
  });
}

export function useTablePage(input: { table: string; offset: number; limit: number }) {
  const { client } = useHost();
  return useQuery({
    queryKey: queryKeys.page(input.table, input.offset, input.limit),
    queryFn: ({ signal }) => client.tables.page(input, { signal }),
    placeholderData: (previous) => (previous?.table === input.table ? previous : undefined),
  });
}

/** What recipes may use. */
export function useFeatureList() {
  const { client } = useHost();
  return useQuery({
    queryKey: queryKeys.features,
    queryFn: ({ signal }) => client.features.list(undefined, { signal }),
  });
}

/** What a recipe does to the customers there are; the report of the one before stays until it is there. */
export function useFeatureReport(recipe: FeatureRecipe) {
  const { client } = useHost();
  return useQuery({
    queryKey: queryKeys.featureReport(recipe),
    enabled: recipe.features.length > 0,
    queryFn: ({ signal }) => client.features.report(recipe, { signal }),
    placeholderData: keepPreviousData,
  });
}

export function useRecipes() {
  const { client } = useHost();
  return useQuery({
    queryKey: queryKeys.recipes,
    queryFn: ({ signal }) => client.recipes.list(undefined, { signal }),
  });
}

export function useSaveRecipe() {
  const { client } = useHost();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (input: { name: string; recipe: FeatureRecipe }) => client.recipes.save(input),
    onSuccess: () => queries.invalidateQueries({ queryKey: queryKeys.recipes }),
  });
}

export function useRemoveRecipe() {
  const { client } = useHost();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => client.recipes.remove({ name }),
    onSuccess: () => queries.invalidateQueries({ queryKey: queryKeys.recipes }),
  });
}

/** The latest sweep of the host; null before the first. */
export function useSweep() {
  const { client } = useHost();
  return useQuery({
    queryKey: queryKeys.sweep,
    queryFn: ({ signal }) => client.segments.sweep(undefined, { signal }),
  });
}

/** Every customer of a sweep, as `read` makes it of the Arrow stream. */
export function useSweepPoints<T>(id: string, read: (bytes: Uint8Array) => Promise<T>) {
  const { client } = useHost();
  return useQuery({
    queryKey: queryKeys.sweepPoints(id),
    queryFn: async ({ signal }) => {
      const blob = await client.segments.sweepPoints({ id }, { signal });
      return read(new Uint8Array(await blob.arrayBuffer()));
    },
    staleTime: Infinity,
    structuralSharing: false,
  });
}

export function useModels() {
  const { client } = useHost();
  return useQuery({
    queryKey: queryKeys.models,
    queryFn: ({ signal }) => client.segments.models(undefined, { signal }),
  });
}

export function useComparison(input: { from: number; to: number }) {
  const { client } = useHost();
  return useQuery({
    queryKey: queryKeys.comparison(input.from, input.to),
    queryFn: ({ signal }) => client.segments.compare(input, { signal }),
  });
}

/** The model that places customers now; null before the first. */
export function useModel() {
  const { client } = useHost();
  return useQuery({
    queryKey: queryKeys.model,
    queryFn: ({ signal }) => client.segments.model(undefined, { signal }),
  });
}

/** A name stands on every chart; the segments' own cards have it at once. */
export function useRenameSegment() {
  const { client } = useHost();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (input: { segmentId: number; name: string }) => client.segments.rename(input),
    onSuccess: ({ segmentId, name }) => {
      queries.setQueryData<ModelReport | null>(queryKeys.model, (model) => {
        if (model === null || model === undefined) return model;
        const segments = model.segments.map((segment) =>
          segment.segmentId === segmentId ? { ...segment, segmentName: name } : segment,
        );
        return { ...model, segments };
      });
      void queries.invalidateQueries({ queryKey: queryKeys.data });
    },
  });
}

export function useMigration() {
  const { client } = useHost();
  return useQuery({
    queryKey: queryKeys.migration,
    queryFn: ({ signal }) => client.segments.migration(undefined, { signal }),
  });
}

/** Why a customer is where they are; the one before stays until the next is there. */
export function useExplanation(customerId: string | null) {
  const { client } = useHost();
  return useQuery({
    queryKey: queryKeys.explanation(customerId ?? ''),
    enabled: customerId !== null,
    queryFn: ({ signal }) => client.segments.explain({ customerId: customerId ?? '' }, { signal }),
    placeholderData: keepPreviousData,
  });
}

/** Asked again every few seconds: a job may be started from another window. */
export function useJobList() {
  const { client } = useHost();
  return useQuery({
    queryKey: queryKeys.jobs,
    queryFn: ({ signal }) => client.jobs.list(undefined, { signal }),
    refetchInterval: 3000,
  });
}

/** Asking may make the system show a prompt, so it is asked only where somebody is about to sign in. */
export function useSecretsStanding({ enabled }: { enabled: boolean }) {
  const { client } = useHost();
  return useQuery({
    queryKey: queryKeys.secrets,
    enabled,
    queryFn: ({ signal }) => client.secrets.standing(undefined, { signal }),
  });
}
