import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useHost } from './host-context.tsx';

export const queryKeys = {
  /** Everything that a job may change. */
  data: ['data'] as const,
  status: ['data', 'status'] as const,
  kpis: ['data', 'kpis'] as const,
  scatter: (x: string, y: string, limit: number) => ['data', 'scatter', x, y, limit] as const,
  page: (table: string, offset: number, limit: number) =>
    ['data', 'page', table, offset, limit] as const,
  jobs: ['jobs'] as const,
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

/** Asked again every few seconds: a job may be started from another window. */
export function useJobList() {
  const { client } = useHost();
  return useQuery({
    queryKey: queryKeys.jobs,
    queryFn: ({ signal }) => client.jobs.list(undefined, { signal }),
    refetchInterval: 3000,
  });
}
