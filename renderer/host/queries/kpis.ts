import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query';
import { useHost } from '../host-context.tsx';
import { type KpiChange, queryKeys } from './query-keys.ts';

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
